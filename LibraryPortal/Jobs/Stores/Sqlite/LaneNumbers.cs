namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Turns lanes into the numbers the index sorts by: first by priority, then by queue.</summary>
internal sealed class LaneNumbers(WriteSession session)
{
    /// <summary>Queues fit below it, priorities above.</summary>
    public const int QueueSpan = 65_536;

    static readonly Sql AddQueue = new("INSERT INTO queue (name) VALUES ($1) ON CONFLICT DO NOTHING");
    static readonly Sql DropQueue = new("DELETE FROM queue WHERE name = $1");
    static readonly Sql FindQueue = new("SELECT key FROM queue WHERE name = $1");

    readonly Dictionary<string, long> _queues = [];

    public long Of(string queue, JobPriority priority)
    {
        if (!_queues.TryGetValue(queue, out var key))
        {
            session.Prepare(AddQueue).Run(queue);
            _queues.Add(queue, key = (long)session.Prepare(FindQueue).Value(queue)!);
        }

        return ((long)priority * QueueSpan) + key;
    }

    /// <summary>A queue in which nothing can wait any more. Its number may go to another.</summary>
    public void Drop(string queue)
    {
        session.Prepare(DropQueue).Run(queue);
        _queues.Remove(queue);
    }

    /// <summary>Forgets what a transaction rolled back may have added.</summary>
    public void Forget() => _queues.Clear();
}
