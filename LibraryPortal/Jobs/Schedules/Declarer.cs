using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>Brings the schedules that code declares into the store, once per start: new ones are added, changed ones merged with what operators changed, and those that
/// code declares no more are retired.</summary>
/// <remarks>Run by <see cref="Scheduler"/>. All processes that schedule are of one program, so each declares them all. One that cannot be declared is named in the log and
/// holds up none of the others; unless the code, or what is stored, stands in the way, it is tried again.</remarks>
internal sealed class Declarer(IScheduleStore store, ScheduleBook book, IJobClient client, IEnumerable<DeclaredSchedule> declared, ILogger<Declarer> log)
{
    readonly HashSet<string> _told = [];

    // Null: all, as no round has come to its end yet.
    HashSet<string>? _left;

    /// <summary>Whether there is nothing left that another try may bring into the store.</summary>
    public bool IsDone => _left is { Count: 0 };

    /// <summary>Declares and retires what is left: all at first, then, once a round has come to its end, what met trouble that may pass. The rest is not looked at again, as operators and newer
    /// programs may have changed it since.</summary>
    /// <returns>How many schedules it added, changed or retired.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var changes = 0;
        HashSet<string> left = [];
        var before = await store.ListSchedulesAsync(cancellationToken);
        foreach (var one in declared.Where(one => IsLeft(one.Name)))
            changes += await TryAsync(one.Name, () => DeclareAsync(one, before.FirstOrDefault(kept => kept.Name == one.Name), cancellationToken), left, cancellationToken);
        foreach (var kept in before.Where(kept => IsLeft(kept.Name) && !declared.Any(one => one.Name == kept.Name)))
            changes += await TryAsync(kept.Name, () => RetireAsync(kept, cancellationToken), left, cancellationToken);
        _left = left;
        return changes;
    }

    bool IsLeft(string name) => _left?.Contains(name) != false;

    async Task<int> TryAsync(string name, Func<Task<int>> act, HashSet<string> left, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (Exception refused) when (refused is not JobStoreUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            // What is refused stays so: stored by a later version of the program, say, which sees to it.
            if (refused is not ArgumentException)
                left.Add(name);
            Tell(name, refused);
            return 0;
        }
    }

    async Task<int> DeclareAsync(DeclaredSchedule one, StoredSchedule? before, CancellationToken cancellationToken)
    {
        if (Build(one) is not { } schedule)
            return 0;
        var after = (await book.ChangeAsync(one.Name, kept => ScheduleDocument.Declare(kept, schedule), cancellationToken))!;
        if (before is not null && before.Definition.Span.SequenceEqual(after.Write()))
            return 0;
        ScheduleLog.Declared(log, one.Name, ScheduleSentence.Of(after.Current.Rule));
        return 1;
    }

    Schedule? Build(DeclaredSchedule one)
    {
        try
        {
            return one.Build(client);
        }
        catch (Exception refused)
        {
            // Its job is refused, or the code that declares it throws whatever it likes: the next version may mend it.
            Tell(one.Name, refused);
            return null;
        }
    }

    // Once, however often it is tried.
    void Tell(string name, Exception refused)
    {
        if (_told.Add(name))
            ScheduleLog.Undeclared(log, name, refused.Message, refused is ArgumentException ? null : refused);
    }

    async Task<int> RetireAsync(StoredSchedule kept, CancellationToken cancellationToken)
    {
        // One that cannot be read was written by another version of the program, which will know whether it still declares it.
        if (!ScheduleDocument.TryRead(kept, out var known, out _) || known is not { Declared: not null, IsRetired: false })
            return 0;
        await book.ChangeAsync(
            kept.Name, document => document is { Declared: not null } ? document with { IsRetired = true } : null, cancellationToken);
        ScheduleLog.Retired(log, kept.Name);
        return 1;
    }
}
