using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Handlers;

/// <summary>The job types this program knows, by name and by type of arguments. Filled while services are registered, only read afterwards.</summary>
internal sealed class JobRegistry
{
    readonly ConcurrentDictionary<string, JobType> _byName = new();
    readonly ConcurrentDictionary<Type, JobType> _byArgs = new();

    public IReadOnlyCollection<string> Names => [.. _byName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The names with each version from 2 on, and each form from 2 on that jobs may be stored in, as beats tell them.</summary>
    public IReadOnlyCollection<string> NamesAndVersions =>
    [
        .. Enumerable.Range(2, EnvelopeCodec.Form - 1).Select(ParkedName.OfForm)
            .Concat(_byName.Values.SelectMany(type => Enumerable.Range(1, type.Version).Select(version => ParkedName.Of(type.Name, version))))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Every queue that some known job type waits in.</summary>
    public IReadOnlyCollection<string> Queues => [.. _byName.Values.Select(type => type.Queue).Distinct().Order(StringComparer.Ordinal)];

    /// <returns>False when this very handler was added before.</returns>
    /// <exception cref="InvalidOperationException">The class cannot be a handler, or another one has its name or its arguments.</exception>
    public bool Add(Type handler)
    {
        var type = JobTypeReader.Read(handler);
        if (_byName.TryGetValue(type.Name, out var known))
        {
            return known.Handler == handler ? false : throw new InvalidOperationException(
                $"Two handlers share the job name '{type.Name}': {known.Handler.FullName} and {handler.FullName}. A name belongs to one handler.");
        }

        if (!_byArgs.TryAdd(type.Args, type))
        {
            throw new InvalidOperationException(
                $"Two handlers take {type.Args.FullName}: {_byArgs[type.Args].Handler.FullName} and {handler.FullName}. Give each job a record of its own.");
        }

        _byName[type.Name] = type;
        return true;
    }

    public bool TryFind(string name, [NotNullWhen(true)] out JobType? type) => _byName.TryGetValue(name, out type);

    /// <exception cref="ArgumentException">No handler takes these arguments.</exception>
    public JobType FindByArgs(Type args) => _byArgs.TryGetValue(args, out var type) ? type : throw new ArgumentException(
        $"No handler is known for {args.FullName}. Write a class with [Job(\"name\")] that implements IJobHandler<{args.Name}>, in an assembly given to AddJobs.", nameof(args));
}
