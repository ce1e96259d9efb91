using System.Text;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Every key and channel of the store. All share the hash tag <c>{prefix}</c>, so that in a cluster they lie in one slot. What each holds is in
/// this folder's README.md.</summary>
internal sealed class RedisKeys
{
    // A colon at the end: an id, name or lane follows. Scripts name these in their header.
    static readonly HashSet<string> Names =
    [
        "job:", "more:", "ready:", "lanes", "ghosts", "due", "parked:", "parkednames", "unique:",
        "worker:", "workers", "workerinfo:", "commands:", "idle:", "done", "dead:", "expiry", "meta", "check", "wake", "events",
        "paused", "expiring", "limits", "held:", "starts:", "waiters:", "waitlanes:", "blocked", "opening", "log:",
        "waiting", "flow:", "flowplan:", "flowended:", "flowsteps:", "flows:", "flowwork", "flowstaged", "flowexpiry",
        "outcomes", "historian", "schedules", "schedule:", "schedulewaiting",
    ];

    readonly string _prefix;
    readonly byte[] _job;

    /// <param name="prefix">Letters, digits, dots, hyphens and underscores.</param>
    /// <exception cref="ArgumentException">The prefix has another character, or none.</exception>
    public RedisKeys(string prefix)
    {
        if (!IsPrefix(prefix))
            throw new ArgumentException($"'{prefix}' is no prefix of keys.", nameof(prefix));
        _prefix = $"{{{prefix}}}:";
        _job = Encoding.ASCII.GetBytes(_prefix + "job:");
        Wake = new RedisChannel(_prefix + "wake", RedisChannel.PatternMode.Literal);
        Events = new RedisChannel(_prefix + "events", RedisChannel.PatternMode.Literal);
    }

    /// <summary>Hints for idle workers.</summary>
    public RedisChannel Wake { get; }

    /// <summary>Job events.</summary>
    public RedisChannel Events { get; }

    /// <summary>Letters, digits, dots, hyphens and underscores.</summary>
    public static bool IsPrefix(string prefix) =>
        prefix.Length > 0 && prefix.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    /// <summary>A key, or the beginning of keys, as scripts name it.</summary>
    public RedisKey Named(string name) =>
        Names.Contains(name) ? _prefix + name : throw new ArgumentException($"There is no key named '{name}'.", nameof(name));

    /// <summary>The key of a job's record, in the bytes that go to Redis.</summary>
    public byte[] Job(JobId id)
    {
        var key = new byte[_job.Length + RedisText.IdLength];
        _job.CopyTo(key, 0);
        RedisText.WriteId(id, key.AsSpan(_job.Length));
        return key;
    }
}
