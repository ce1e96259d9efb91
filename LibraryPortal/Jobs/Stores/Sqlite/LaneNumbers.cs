namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Turns lanes into the numbers the index sorts by: first by priority, then by queue.</summary>
internal sealed class LaneNumbers(WriteSession session)
{
    /// <summary>Queues fit below it, priorities above.</summary>
    public const int QueueSpan = 65_536;

    static readonly Sql AddQueue = new("INSERT INTO queue (key, name) VALUES ($1, $2)");
    static readonly Sql DropQueue = new("DELETE FROM queue WHERE name = $1");
    static readonly Sql NextKey = new("SELECT COALESCE(MAX(key), 0) + 1 FROM queue");
    static readonly Sql FreeKey = new("SELECT MIN(key) + 1 FROM (SELECT 0 AS key UNION ALL SELECT key FROM queue) AS taken WHERE NOT EXISTS (SELECT 1 FROM queue WHERE queue.key = taken.key + 1)");
    static readonly Sql DropUnused = new("DELETE FROM queue WHERE name = $1 AND paused IS NULL");
    static readonly Sql FindQueue = new("SELECT key FROM queue WHERE name = $1");

    readonly Dictionary<string, long> _queues = [];
    HashSet<string>? _used;

    /// <summary>The lane's number; its queue has one from now on.</summary>
    /// <exception cref="JobRefusedException">There are as many queues as there are numbers.</exception>
    public long Of(string queue, JobPriority priority)
    {
        _used?.Add(queue);
        return Find(queue, priority) ?? Number(Add(queue), priority);
    }

    /// <summary>The lane's number; null where nothing was ever put into its queue.</summary>
    public long? Find(string queue, JobPriority priority)
    {
        if (!_queues.TryGetValue(queue, out var key))
        {
            if (session.Prepare(FindQueue).Value(queue) is not long known)
                return null;
            _queues.Add(queue, key = known);
        }

        return Number(key, priority);
    }

    /// <summary>From now on it is known which queues are used.</summary>
    public bool Watch()
    {
        _used = [];
        return true;
    }

    /// <summary>Forgets queues that nothing was in when <see cref="Watch"/> was called, and nothing has come into since: their numbers may go to others.</summary>
    /// <returns>How many.</returns>
    public int ForgetUnused(IReadOnlyList<string> queues)
    {
        // Another process may have used any of them meanwhile.
        if (_used is null)
            return 0;
        var forgotten = 0;
        foreach (var queue in queues.Where(queue => !_used.Contains(queue)))
        {
            forgotten += session.Prepare(DropUnused).Run(queue);
            _queues.Remove(queue);
        }

        _used = null;
        return forgotten;
    }

    /// <summary>A queue in which nothing can wait any more. Its number may go to another.</summary>
    public void Drop(string queue)
    {
        session.Prepare(DropQueue).Run(queue);
        _queues.Remove(queue);
    }

    /// <summary>Forgets what it knows: a transaction rolled back may have added it, or another process taken it away.</summary>
    public void Forget()
    {
        _queues.Clear();
        _used = null;
    }

    long Add(string queue)
    {
        var key = (long)session.Prepare(NextKey).Value()!;
        if (key >= QueueSpan)
            key = (long)session.Prepare(FreeKey).Value()!;
        if (key >= QueueSpan)
        {
            throw new JobRefusedException(
                $"The embedded job store has {QueueSpan - 1:N0} queues, which is as many as it can tell apart: the queue '{queue}' cannot be added. Use fewer names of queues, or Redis.");
        }

        session.Prepare(AddQueue).Run(key, queue);
        _queues.Add(queue, key);
        return key;
    }

    static long Number(long key, JobPriority priority) => ((long)priority * QueueSpan) + key;
}
