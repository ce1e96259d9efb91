using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>Changes definitions: reads, changes, and writes over what was read, again when somebody else was faster.</summary>
internal sealed class ScheduleBook(IScheduleStore store)
{
    // Only firing and editing the same schedule get in each other's way, for moments.
    const int MostTries = 100;

    /// <param name="change">Given what is kept, or null; returns what to keep, or null to leave it so. May be called again.</param>
    /// <returns>What is kept now; null for a schedule that is not there.</returns>
    /// <exception cref="ArgumentException">What is kept cannot be read by this program; the message says so.</exception>
    public async Task<ScheduleDocument?> ChangeAsync(string name, Func<ScheduleDocument?, ScheduleDocument?> change, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var stored = await store.FindScheduleAsync(name, cancellationToken);
            var kept = stored is null ? null : ScheduleDocument.Read(stored);
            if (change(kept) is not { } changed)
                return kept;
            var definition = changed.Write();
            if (stored is not null && stored.Definition.Span.SequenceEqual(definition))
                return kept;
            var write = new ScheduleWrite(name, stored?.Revision ?? 0, definition, changed.IsActive, kept is null || changed.StartsAnewAfter(kept));
            if (await store.SaveScheduleAsync(write, cancellationToken))
                return changed;
        }

        throw TooBusy(name);
    }

    /// <summary>Fires jobs of a schedule at somebody's wish; where the schedule stands does not change.</summary>
    /// <param name="request">Given what is kept and its revision; null leaves it. May be called again.</param>
    /// <returns>Null when there is no such schedule, or the request was to leave it.</returns>
    /// <inheritdoc cref="ChangeAsync"/>
    public async Task<FireReply?> FireAsync(string name, Func<StoredSchedule, ScheduleDocument, FireRequest?> request, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await store.FindScheduleAsync(name, cancellationToken) is not { } stored || request(stored, ScheduleDocument.Read(stored)) is not { } wish)
                return null;
            var reply = await store.FireScheduleAsync(wish, cancellationToken);
            if (!reply.IsStale)
                return reply;
        }

        throw TooBusy(name);
    }

    static InvalidOperationException TooBusy(string name) => new($"The schedule '{name}' changed {MostTries} times while it was to be changed.");
}
