using LibraryPortal.Jobs.Events;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>The writing connection with what its transitions share: prepared statements, the clock, growing numbers, and effects to come. Used by the writer's thread only.</summary>
internal sealed class WriteSession : IDisposable
{
    static readonly Sql NextEpoch = new("UPDATE meta SET value = value + 1 WHERE name = 'epoch' RETURNING value");
    static readonly Sql OthersWrote = new("PRAGMA data_version");
    static readonly Sql BeginWrite = new("BEGIN IMMEDIATE");
    static readonly Sql CommitWrite = new("COMMIT");
    static readonly Sql FindBySeq = new($"SELECT {JobRow.Columns} FROM job WHERE seq = $1");
    static readonly Sql RollBack = new("ROLLBACK");

    readonly SqliteConnection _connection;
    readonly TimeProvider _clock;
    readonly EventDispatcher _events;
    readonly Dictionary<Sql, Statement> _statements = [];
    long _epoch;
    long _seen;
    long _counter;

    public WriteSession(SqliteConnection connection, TimeProvider clock, EventDispatcher events)
    {
        _connection = connection;
        _clock = clock;
        _events = events;
        Lanes = new LaneNumbers(this);
        Flows = new FlowAdvance(this);
        Gates = new Gates(this);
        _epoch = (long)Prepare(NextEpoch).Value()!;
        _seen = (long)Prepare(OthersWrote).Value()!;
    }

    public LaneNumbers Lanes { get; }

    public FlowAdvance Flows { get; }

    public Gates Gates { get; }

    public SilenceWatch Watch { get; } = new();

    public WriteEffects Effects { get; } = new();

    /// <summary>The moment of this transaction, in ms.</summary>
    public long Now { get; private set; }

    /// <summary>A number larger than any given before, over restarts too. Serves as claim stamp and as place in a lane.</summary>
    public long NextNumber() => (_epoch << 40) | ++_counter;

    public Statement Prepare(Sql sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements.Add(sql, statement = new Statement(_connection, sql));
        return statement;
    }

    /// <summary>Whether anyone would hear of what is told.</summary>
    public bool AnyoneListens => _events.Any;

    /// <summary>Tells listeners, after the commit, that a job changed.</summary>
    public void Tell(JobEnvelope job, JobState state, JobProgress? progress = null)
    {
        if (_events.Any)
            Effects.Events.Add(new JobEvent(job.Id, job.Name, state, job.Owner, progress));
    }

    /// <summary>The same for a job at hand only as its stored form, which is read when somebody listens.</summary>
    public void Tell(byte[] envelope, JobState state, JobProgress? progress = null)
    {
        if (_events.Any && EnvelopeCodec.TryRead(envelope, out _) is { } job)
            Tell(job, state, progress);
    }

    /// <summary>A job as it is stored; what stands for it where that cannot be read.</summary>
    public JobEnvelope ReadJob(long seq, byte[] envelope) => EnvelopeCodec.TryRead(envelope, out _) ?? ReadJob(seq);

    /// <inheritdoc cref="ReadJob(long, byte[])"/>
    public JobEnvelope ReadJob(long seq) => Prepare(FindBySeq).Rows(JobRow.Read, seq)[0].Envelope;

    /// <summary>What follows whenever a job has ended, however it did.</summary>
    public void Ended(JobEnvelope job, JobState state)
    {
        LeaveGates(job);
        Tell(job, state);
        Flows.Ended(job, state);
    }

    /// <summary>What follows whenever a run is over and its job is queued again.</summary>
    public void HandedBack(JobEnvelope job)
    {
        LeaveGates(job);
        Tell(job, JobState.Queued);
    }

    void LeaveGates(JobEnvelope job)
    {
        if (job.HasGates)
            Gates.Leave(job);
        else if (job.Unreadable is not null)
            Gates.LeaveAll(job.Id);
    }

    public void Begin()
    {
        Now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        Effects.Reset();
        Prepare(BeginWrite).Run();
        CatchUp();
    }

    public void Commit() => Prepare(CommitWrite).Run();

    public void Rollback()
    {
        Effects.Reset();
        Lanes.Forget();
        Watch.Forget();
        // The epoch may have been taken back too.
        _seen = -1;
        Prepare(RollBack).Run();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _connection.Dispose();
    }

    // A command line beside this process takes an epoch too: without a newer one here, its jobs would stand behind all that come after them.
    void CatchUp()
    {
        if ((long)Prepare(OthersWrote).Value()! is var version && version == _seen)
            return;
        _seen = version;
        Lanes.Forget();
        _epoch = (long)Prepare(NextEpoch).Value()!;
    }
}
