using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Schedules;

/// <inheritdoc cref="IJobSchedules"/>
internal sealed class JobSchedules(IScheduleStore store, ScheduleBook book, IJobClient client) : IJobSchedules
{
    public async Task<IReadOnlyList<ScheduleRecord>> ListAsync(CancellationToken cancellationToken = default) =>
        await Task.WhenAll((await store.ListSchedulesAsync(cancellationToken)).Select(stored => DescribeAsync(stored, cancellationToken)));

    public async Task<ScheduleRecord?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        await store.FindScheduleAsync(name, cancellationToken) is { } stored ? await DescribeAsync(stored, cancellationToken) : null;

    public async Task SaveAsync(Schedule schedule, CancellationToken cancellationToken = default)
    {
        var wanted = ScheduleCheck.Check(schedule);
        // One that code gave up becomes its operator's.
        await book.ChangeAsync(
            wanted.Name, kept => new ScheduleDocument(wanted, kept is { IsRetired: false } ? kept.Declared : null, IsRetired: false), cancellationToken);
    }

    public Task<ScheduleReply> ChangeRuleAsync(string name, ScheduleRule rule, CancellationToken cancellationToken = default) => ChangeAsync(
        name,
        kept => new ScheduleDocument(ScheduleCheck.Check(kept.Current with { Rule = rule }), kept.IsRetired ? null : kept.Declared, IsRetired: false),
        cancellationToken);

    public async Task<ScheduleReply> DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        while (await store.FindScheduleAsync(name, cancellationToken) is { } stored)
        {
            if (ScheduleDocument.TryRead(stored, out var document, out _, out _) && document is { Declared: not null, IsRetired: false })
                return ScheduleReply.DeclaredInCode;
            if (await store.DeleteScheduleAsync(name, stored.Revision, cancellationToken))
                return ScheduleReply.Done;
        }

        return ScheduleReply.Unknown;
    }

    public Task<ScheduleReply> PauseAsync(string name, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, kept => kept with { Current = kept.Current with { IsPaused = true } }, cancellationToken);

    public Task<ScheduleReply> ResumeAsync(string name, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, kept => kept with { Current = kept.Current with { IsPaused = false } }, cancellationToken);

    public async Task<ScheduleReply> ResetAsync(string name, CancellationToken cancellationToken = default)
    {
        var isDeclared = true;
        var reply = await ChangeAsync(
            name,
            kept =>
            {
                isDeclared = kept is { Declared: not null, IsRetired: false };
                return isDeclared ? kept with { Current = kept.Declared! } : kept;
            },
            cancellationToken);
        return reply == ScheduleReply.Done && !isDeclared ? ScheduleReply.NotDeclared : reply;
    }

    public async Task<JobHandle?> RunNowAsync(string name, CancellationToken cancellationToken = default)
    {
        var now = await NowAsync(cancellationToken);
        var reply = await book.FireAsync(
            name,
            (stored, document) =>
            {
                var job = FiredJob.At(document.Current, now, now) with { Id = JobId.New(), DueAt = null };
                job = job with { ExpiresAt = document.Current.Job.ExpiresAt is { } expires ? now + (expires - document.Current.Job.EnqueuedAt) : null };
                return new FireRequest(name, stored.Revision, OverlapPolicy.Allow, [new DueJob(now, job)]);
            },
            cancellationToken);
        return reply is { Fired: [var fired] } ? new JobHandle(client, fired, isNew: true) : null;
    }

    public async Task<BackfillReply?> BackfillAsync(
        string name, DateTimeOffset from, DateTimeOffset to, IProgress<BackfillReply>? progress = null, CancellationToken cancellationToken = default)
    {
        var now = await NowAsync(cancellationToken);
        if (from > to)
            throw new ArgumentException($"The backfill of '{name}' begins at {from:u}, after its end at {to:u}.", nameof(from));
        if (to > now)
            throw new ArgumentException($"The backfill of '{name}' ends at {to:u}, which is still to come; expected at most {now:u}.", nameof(to));
        if (await store.FindScheduleAsync(name, cancellationToken) is not { } known)
            return null;
        if (!ScheduleDocument.TryRead(known, out _, out var timetable, out var problem))
            throw new ArgumentException(problem, nameof(name));
        var due = timetable.Between(from.AddTicks(-1), to).Take(MissedRuns.Most + 1).ToList();
        if (due.Count > MissedRuns.Most)
            throw new ArgumentException($"The backfill of '{name}' from {from:u} to {to:u} has more than {MissedRuns.Most} due times; take a shorter stretch.", nameof(to));

        var result = new BackfillReply(due.Count, 0, known.Waiting.Count);
        foreach (var batch in due.Chunk(DuePlan.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Once sent it may be done, whoever waits: then it has to be told, too.
            var reply = await book.FireAsync(name, (stored, document) => Fill(stored, document.Current, batch, now), CancellationToken.None);
            // Deleted meanwhile.
            if (reply is null)
                return result.Fired == 0 ? null : result with { Waiting = 0, IsCutShort = true };
            result = result with { Fired = result.Fired + reply.Fired.Count, Waiting = reply.Waiting };
            progress?.Report(result);
        }

        return result;
    }

    // Whoever asks for a stretch wants all of it: only an order of the runs is kept.
    static FireRequest Fill(StoredSchedule stored, Schedule schedule, IEnumerable<DateTimeOffset> due, DateTimeOffset now) => new(
        stored.Name, stored.Revision, schedule.Overlap == OverlapPolicy.Queue ? OverlapPolicy.Queue : OverlapPolicy.Allow,
        [.. due.Select(one => new DueJob(one, FiredJob.At(schedule, one, now)))]);

    async Task<ScheduleReply> ChangeAsync(string name, Func<ScheduleDocument, ScheduleDocument> change, CancellationToken cancellationToken) =>
        await book.ChangeAsync(name, kept => kept is null ? null : change(kept), cancellationToken) is null ? ScheduleReply.Unknown : ScheduleReply.Done;

    async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => (await store.FindDueSchedulesAsync(1, cancellationToken)).Now;

    async Task<ScheduleRecord> DescribeAsync(StoredSchedule stored, CancellationToken cancellationToken)
    {
        ScheduleDocument.TryRead(stored, out var document, out var timetable, out var problem);
        var last = stored.LastJob is { } job ? await client.FindAsync(job, cancellationToken) : null;
        return new ScheduleRecord
        {
            Name = stored.Name,
            Schedule = document?.Current,
            Sentence = document is null ? "" : ScheduleSentence.Of(document.Current.Rule),
            IsDeclared = document is { Declared: not null, IsRetired: false },
            IsChanged = document?.IsChanged ?? false,
            IsRetired = document?.IsRetired ?? false,
            NextDue = document is { IsActive: true } ? timetable?.NextAfter(stored.Cursor) : null,
            LastDue = stored.LastDue,
            LastFiredAt = stored.LastFiredAt,
            LastJob = stored.LastJob,
            LastState = last?.State,
            Waiting = stored.Waiting.Count,
            Fired = stored.Fired,
            PassedOver = stored.PassedOver,
            Problem = problem,
        };
    }
}
