using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>A job as a claim took it out of the file. Its envelope is read when somebody asks: mostly that is the claim's caller, on a thread less scarce than the writer's.</summary>
internal sealed class TakenJob
{
    readonly byte[] _envelope;
    readonly byte[]? _cursor;
    readonly long _stamp;
    readonly int _attempt;
    readonly int _crashes;
    readonly bool _cancelRequested;
    readonly long _takenAt;
    JobEnvelope? _read;
    bool _isRead;

    TakenJob(SqliteDataReader row, long stamp, long now)
    {
        // Of the run it is taken for.
        _attempt = row.GetInt32(1) + 1;
        _crashes = row.GetInt32(2);
        _cancelRequested = row.GetBoolean(3);
        _envelope = row.GetFieldValue<byte[]>(4);
        Row = row.GetInt64(5);
        ExpireAt = row.IsDBNull(6) ? null : row.GetInt64(6);
        _cursor = row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7);
        (_stamp, _takenAt) = (stamp, now);
    }

    /// <summary>The row's number.</summary>
    public long Row { get; }

    /// <summary>In ms; null: it does not expire, or began before.</summary>
    public long? ExpireAt { get; }

    public bool MayHaveGates => EnvelopeCodec.MayHaveGates(_envelope);

    /// <summary>Null where it cannot be read.</summary>
    public JobEnvelope? Envelope
    {
        get
        {
            if (_isRead)
                return _read;
            _isRead = true;
            return _read = EnvelopeCodec.TryRead(_envelope, out _);
        }
    }

    /// <param name="row">pos, attempt, crashes, cancel, envelope, seq, expire_at, cursor.</param>
    public static TakenJob Read(SqliteDataReader row, long stamp, long now) => new(row, stamp, now);

    /// <summary>Tells listeners, where there are any, that it runs.</summary>
    public void TellRunning(WriteSession session)
    {
        if (session.AnyoneListens && Envelope is { } job)
            session.Tell(job, JobState.Running);
    }

    /// <returns>Null where it cannot be read: then it is taken and not given, and its worker, which does not run it, sees to its end.</returns>
    public ClaimedJob? TryGive() => Envelope is not { } job ? null : new ClaimedJob(job, _stamp, _attempt, _crashes, _cancelRequested)
    {
        Row = Row, BeginsWithin = ExpireAt is { } expires ? TimeSpan.FromMilliseconds(expires - _takenAt) : null,
    }.WithCursor(_cursor);
}
