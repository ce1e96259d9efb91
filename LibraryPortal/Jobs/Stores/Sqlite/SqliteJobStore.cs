using System.Runtime.CompilerServices;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Events;
using LibraryPortal.Jobs.Inspection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>The embedded store: one SQLite file, one process. See <c>Jobs/README.md</c> for what it promises.</summary>
internal sealed partial class SqliteJobStore : IJobStore
{
    // What is still to go into the history outlives its time, though not for ever.
    static readonly Sql Prune = new("""
        DELETE FROM job WHERE seq IN (
          SELECT seq FROM job WHERE state >= 4 AND expires <= $1 AND (history <> 1 OR expires <= $3) ORDER BY expires LIMIT $2)
        """);

    static readonly Sql Check = new("UPDATE meta SET value = $1 WHERE name = 'checked'");

    readonly TimeProvider _clock;
    readonly SqliteFile _file;
    readonly SqliteReader _reader;
    readonly EndedCaps _caps;
    readonly SurplusEnds _surplus;
    readonly UnusedQueues _unusedQueues;
    readonly SqliteWriter _writer;
    readonly SqliteCheckpoints _checkpoints;
    readonly StoreOutage _outage;
    readonly EventDispatcher _events;
    readonly SubscriberList<Action<WakeUp>> _wakeUps;
    readonly FollowUp _parked;
    IReadOnlyList<string> _knownNames = [];
    long? _idleUntil;
    volatile bool _ready;

    /// <param name="path">The file; made on the first call when missing.</param>
    /// <param name="upgrade">False: a file that is missing or older than this program is refused.</param>
    /// <param name="caps">Default: <see cref="EndedCaps.Usual"/>.</param>
    public SqliteJobStore(string path, TimeProvider clock, ILogger<SqliteJobStore> log, bool upgrade = true, EndedCaps? caps = null)
    {
        _clock = clock;
        _file = new SqliteFile(path, upgrade);
        _reader = new SqliteReader(_file, clock);
        _caps = caps ?? EndedCaps.Usual;
        _surplus = new SurplusEnds(_reader, _caps);
        _unusedQueues = new UnusedQueues(_reader, clock);
        _events = new EventDispatcher(error => Log.ListenerFailed(log, error));
        _outage = new StoreOutage { ListenerFailed = error => Log.ListenerFailed(log, error) };
        _wakeUps = new() { Failed = error => Log.ListenerFailed(log, error) };
        _checkpoints = new SqliteCheckpoints(_file);
        _writer = new SqliteWriter(_file, OpenSession, Publish, sentence => _outage.Report(sentence), Answered, error => Log.ListenerFailed(log, error));
        _parked = new FollowUp(() => _writer.RunAsync(session => BeatWorkers.RunUnpark(session, Volatile.Read(ref _knownNames))));
    }

    public string? Outage => _outage.Outage;

    public event Action? Changed
    {
        add => _outage.Changed += value;
        remove => _outage.Changed -= value;
    }

    public IDisposable Subscribe(Action<IReadOnlyList<JobEvent>> listener) => _events.Subscribe(listener);

    public IDisposable SubscribeToGaps(Action listener) => _events.SubscribeToGaps(listener);

    public IDisposable SubscribeToWakeUps(Action<WakeUp> listener) => _wakeUps.Add(listener);

    public Task<IReadOnlyList<EnqueueReceipt>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken)
    {
        // Serialised here, by the caller's thread: the writer's is the scarce one.
        var envelopes = new byte[jobs.Count][];
        for (var i = 0; i < envelopes.Length; i++)
            envelopes[i] = EnvelopeCodec.Write(jobs[i]);
        return WriteAsync(session => EnqueueJobs.Run(session, jobs, envelopes), cancellationToken);
    }

    // Read here, by the caller's thread, as they were written.
    public async Task<ClaimReply> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        (await WriteAsync(session => ClaimJobs.Run(session, request), cancellationToken)).Read();

    public Task<IReadOnlyList<bool>> FinishAsync(string worker, IReadOnlyList<JobOutcome> outcomes, CancellationToken cancellationToken) =>
        WriteAsync(session => FinishJobs.Run(session, worker, outcomes), cancellationToken);

    public Task ReportProgressAsync(string worker, IReadOnlyList<ProgressReport> reports, CancellationToken cancellationToken) =>
        WriteAsync(session => WriteProgress.Run(session, worker, reports), cancellationToken);

    public Task<BeatReply> BeatAsync(WorkerBeat beat, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var asked = JobMetrics.StoreAsked();
        // Measured where it is answered: the answer must not have to wait for the thread pool.
        return _writer.RunAsync(session => BeatWorkers.Run(session, beat), error => Measure("beat", asked, error));
    }

    public Task<IReadOnlyList<JobId>> ReapAsync(TimeSpan silence, int quarantineAfter, CancellationToken cancellationToken) =>
        WriteAsync(session => RecoverJobs.Reap(session, silence, quarantineAfter), cancellationToken);

    public Task LeaveAsync(string worker, CancellationToken cancellationToken) =>
        WriteAsync(session => RecoverJobs.Leave(session, worker), cancellationToken);

    public Task<CancelReply> CancelAsync(JobId id, CancellationToken cancellationToken) =>
        WriteAsync(session => SteerJobs.RunCancel(session, id), cancellationToken);

    public Task<RetryReply> RetryAsync(JobId id, CancellationToken cancellationToken) =>
        WriteAsync(session => SteerJobs.RunRetry(session, id), cancellationToken);

    public Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken) => ReadAsync(() => _reader.Find(id), cancellationToken);

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken) => ReadAsync(() => _reader.List(query), cancellationToken);

    public Task<JobCounts> CountAsync(CancellationToken cancellationToken) => ReadAsync(_reader.Count, cancellationToken);

    public Task<IReadOnlyList<QueueRecord>> ListQueuesAsync(CancellationToken cancellationToken) => ReadAsync(_reader.ListQueues, cancellationToken);

    public Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(CancellationToken cancellationToken) => ReadAsync(_reader.ListWorkers, cancellationToken);

    public async Task<int> PruneAsync(int limit, CancellationToken cancellationToken)
    {
        var surplus = await ReadAsync(() => _surplus.Next(limit), cancellationToken);
        await ForgetQueuesAsync(cancellationToken);
        return await WriteAsync(
            session =>
            {
                var flows = ForgetFlows.Run(session, limit, _caps.Flows);
                TellHistory.Prune(session);
                KeepLimits.Withdraw(session);
                session.Gates.Prune();
                var ended = SurplusEnds.Forget(session, surplus)
                    + session.Prepare(Prune).Run(session.Now, (long)(limit - surplus.Count), session.Now - (long)EndedBatch.UntoldFor.TotalMilliseconds);
                return Math.Min(limit, flows + ended);
            },
            cancellationToken);
    }

    async Task ForgetQueuesAsync(CancellationToken cancellationToken)
    {
        if (!await ReadAsync(_unusedQueues.AreToBeLookedFor, cancellationToken))
            return;
        await WriteAsync(static session => session.Lanes.Watch(), cancellationToken);
        var unused = await ReadAsync(_unusedQueues.Find, cancellationToken);
        await WriteAsync(session => session.Lanes.ForgetUnused(unused), cancellationToken);
    }

    public Task CheckAsync(CancellationToken cancellationToken) => WriteAsync(session => session.Prepare(Check).Run(session.Now), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        _checkpoints.Dispose();
        await _events.DisposeAsync();
        _file.CloseReaders();
    }

    // A call once handed over is done or fails as a whole; giving up waiting for it is the caller's to do beforehand.
    Task<T> WriteAsync<T>(Func<WriteSession, T> transition, CancellationToken cancellationToken, [CallerMemberName] string call = "") =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken)
        : JobMetrics.StoreAsked() is not 0 and var asked ? MeasureAsync(call, asked, _writer.RunAsync(transition))
        : _writer.RunAsync(transition);

    static async Task<T> MeasureAsync<T>(string call, long asked, Task<T> answer)
    {
        var name = call.Replace("Async", "", StringComparison.Ordinal).ToLowerInvariant();
        try
        {
            var result = await answer;
            Measure(name, asked, error: null);
            return result;
        }
        catch (JobStoreUnavailableException error)
        {
            Measure(name, asked, error);
            throw;
        }
    }

    static void Measure(string name, long asked, Exception? error)
    {
        if (error is null)
            JobMetrics.StoreAnswered(name, asked);
        else if (error is JobStoreUnavailableException)
            JobMetrics.StoreFailed(name);
    }

    Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken, [CallerMemberName] string call = "") =>
        JobMetrics.StoreAsked() is not 0 and var asked ? MeasureAsync(call, asked, LookAsync(read, cancellationToken)) : LookAsync(read, cancellationToken);

    async Task<T> LookAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        // The first write brings the schema; a reader must not find an empty file.
        if (!_ready)
            await CheckAsync(cancellationToken);
        try
        {
            return await Task.Run(read, cancellationToken);
        }
        catch (SqliteException error) when (SqliteTrouble.Describe(error, _file.Path) is { } sentence)
        {
            throw new JobStoreUnavailableException(sentence, error);
        }
    }

    WriteSession OpenSession(SqliteConnection connection)
    {
        try
        {
            return new WriteSession(connection, _clock, _events);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    void Answered()
    {
        _checkpoints.Committed();
        _ready = true;
        if (!_outage.Clear())
            return;
        _events.PublishGap();
        Wake(WakeUp.Restored);
    }

    // On the writer's thread, so that who is idle needs no lock.
    void Publish(WriteEffects effects)
    {
        if (effects.IdleUntil is { } until)
            _idleUntil = until;
        if (_idleUntil is { } idle && (effects.WorkArrived || effects.EarliestDue < idle))
        {
            _idleUntil = null;
            Wake(WakeUp.Work);
        }

        if (effects.CommandArrived)
            Wake(WakeUp.Command);
        if (effects.ParkedFor is { } names)
        {
            Volatile.Write(ref _knownNames, names);
            _parked.Start();
        }

        if (effects.SchedulesChanged)
            Wake(WakeUp.Schedules);
        if (effects.Events.Count > 0)
            _events.Publish(effects.TakeEvents());
    }

    void Wake(WakeUp why) => _wakeUps.Call(why, static (listener, reason) => listener(reason));
}
