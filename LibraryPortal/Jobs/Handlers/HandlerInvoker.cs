using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace LibraryPortal.Jobs.Handlers;

/// <summary>Runs one handler type with typed arguments, without reflection per run: the types are bound once, at registration.</summary>
internal abstract class HandlerInvoker
{
    /// <returns>The result as JSON; null for a handler that returns nothing.</returns>
    public abstract ValueTask<JsonElement?> RunAsync(IServiceProvider scope, JsonElement args, JobContext job);

    /// <param name="types">The arguments' type and, for a handler that returns one, the result's.</param>
    public static HandlerInvoker Create(Type handler, Type[] types)
    {
        var form = types.Length == 1 ? typeof(WithoutResult<,>) : typeof(WithResult<,,>);
        return (HandlerInvoker)Activator.CreateInstance(form.MakeGenericType([handler, .. types]))!;
    }

    static TArgs ReadArgs<TArgs>(JsonElement args) => args.Deserialize<TArgs>(JobJson.Options)
        ?? throw new JsonException($"The arguments are null; expected a {typeof(TArgs).Name}.");

    sealed class WithoutResult<THandler, TArgs> : HandlerInvoker
        where THandler : class, IJobHandler<TArgs>
        where TArgs : IJobArgs
    {
        public override ValueTask<JsonElement?> RunAsync(IServiceProvider scope, JsonElement args, JobContext job)
        {
            var run = scope.GetRequiredService<THandler>().RunAsync(ReadArgs<TArgs>(args), job);
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
        public override async ValueTask<JsonElement?> RunAsync(IServiceProvider scope, JsonElement args, JobContext job)
        {
            var result = await scope.GetRequiredService<THandler>().RunAsync(ReadArgs<TArgs>(args), job);
            return JsonSerializer.SerializeToElement(result, JobJson.Options);
        }
    }
}
