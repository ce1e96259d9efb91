using System.Text.Json;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>Brings the schedules that code declares into the store, once per start: new ones are added, changed ones merged with what operators changed, and those that
/// code declares no more are retired.</summary>
/// <remarks>Run by <see cref="Scheduler"/>. All processes that schedule are of one program, so each declares them all.</remarks>
internal sealed class Declarer(IScheduleStore store, ScheduleBook book, IJobClient client, IEnumerable<DeclaredSchedule> declared, ILogger<Declarer> log)
{
    /// <returns>How many schedules it added, changed or retired.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var changes = 0;
        var before = await store.ListSchedulesAsync(cancellationToken);
        var schedules = declared.Select(one => one.Build(client)).ToList();
        foreach (var schedule in schedules)
        {
            var after = await book.ChangeAsync(schedule.Name, kept => ScheduleDocument.Declare(kept, schedule), cancellationToken);
            if (before.FirstOrDefault(kept => kept.Name == schedule.Name) is { } known && known.Definition.Span.SequenceEqual(after!.Write()))
                continue;
            ScheduleLog.Declared(log, schedule.Name, ScheduleSentence.Of(after!.Current.Rule));
            changes++;
        }

        foreach (var kept in before.Where(kept => !schedules.Exists(schedule => schedule.Name == kept.Name)))
            changes += await RetireAsync(kept, cancellationToken);
        return changes;
    }

    async Task<int> RetireAsync(StoredSchedule kept, CancellationToken cancellationToken)
    {
        try
        {
            if (ScheduleDocument.Read(kept) is not { Declared: not null, IsRetired: false })
                return 0;
            await book.ChangeAsync(
                kept.Name, document => document is { Declared: not null } ? document with { IsRetired = true } : null, cancellationToken);
            ScheduleLog.Retired(log, kept.Name);
            return 1;
        }
        catch (JsonException)
        {
            // Written by another version of the program, which will know whether it still declares it.
            return 0;
        }
    }
}
