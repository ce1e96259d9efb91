using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace LibraryPortal.Jobs.Handlers;

/// <summary>Runs one handler type with typed arguments, without reflection per run: the types are bound once, at registration.</summary>
internal abstract class HandlerInvoker
{
    /// <param name="olderVersion">The version of the arguments where it is earlier than the handler's; else null.</param>
    /// <returns>The result as JSON; null for a handler that returns nothing.</returns>
    public abstract ValueTask<JsonElement?> RunAsync(IServiceProvider scope, JsonElement args, int? olderVersion, JobContext job);

    /// <param name="types">The arguments' type and, for a handler that returns one, the result's.</param>
    public static HandlerInvoker Create(Type handler, Type[] types)
    {
        var form = types.Length == 1 ? typeof(WithoutResult<,>) : typeof(WithResult<,,>);
        return (HandlerInvoker)Activator.CreateInstance(form.MakeGenericType([handler, .. types]))!;
    }

    // That a handler with versions can read earlier ones was checked when it was registered.
    static TArgs ReadArgs<TArgs>(object handler, JsonElement args, int? olderVersion) where TArgs : IJobArgs => olderVersion is { } version
        ? ((IUpgradeArgs<TArgs>)handler).Upgrade(args, version)
        : args.Deserialize<TArgs>(JobJson.Options) ?? throw new JsonException($"The arguments are null; expected a {typeof(TArgs).Name}.");

    sealed class WithoutResult<THandler, TArgs> : HandlerInvoker
        where THandler : class, IJobHandler<TArgs>
        where TArgs : IJobArgs
    {
        public override ValueTask<JsonElement?> RunAsync(IServiceProvider scope, JsonElement args, int? olderVersion, JobContext job)
        {
            var handler = scope.GetRequiredService<THandler>();
            var run = handler.RunAsync(ReadArgs<TArgs>(handler, args, olderVersion), job);
            return run.IsCompletedSuccessfully ? default : AwaitAsync(run);
        }

        static async ValueTask<JsonElement?> AwaitAsync(Task run)
        {
            await run;
            return null;
        }
    }

    sealed class WithResult<THandler, TArgs, TResult> : HandlerInvoker
        where THandler : class, IJobHandler<TArgs, TResult>
        where TArgs : IJobArgs<TResult>
    {
        public override async ValueTask<JsonElement?> RunAsync(IServiceProvider scope, JsonElement args, int? olderVersion, JobContext job)
        {
            var handler = scope.GetRequiredService<THandler>();
            var result = await handler.RunAsync(ReadArgs<TArgs>(handler, args, olderVersion), job);
            return JsonSerializer.SerializeToElement(result, JobJson.Options);
        }
    }
}
