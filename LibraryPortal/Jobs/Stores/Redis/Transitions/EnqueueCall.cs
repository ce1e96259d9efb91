using LibraryPortal.Jobs.Stores.Redis.Records;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Transitions;

/// <summary>One call of <c>enqueue.lua</c>: the arguments for a batch, and who was accepted.</summary>
internal sealed class EnqueueCall
{
    readonly IReadOnlyList<JobEnvelope> _jobs;
    readonly List<int> _order = [];

    public EnqueueCall(RedisKeys keys, IReadOnlyList<JobEnvelope> jobs)
    {
        _jobs = jobs;
        List<(Lane Lane, List<int> Jobs)> lanes = [];
        List<int> specials = [];
        Sort(lanes, specials);
        foreach (var (_, members) in lanes)
            _order.AddRange(members);
        var plain = _order.Count;
        _order.AddRange(specials);

        var at = 0;
        Arguments = new RedisValue[2 + (3 * lanes.Count) + (3 * plain) + (6 * specials.Count)];
        Arguments[at++] = plain;
        Arguments[at++] = lanes.Count;
        foreach (var (lane, members) in lanes)
        {
            Arguments[at++] = lane.Queue;
            Arguments[at++] = (int)lane.Priority;
            Arguments[at++] = members.Count;
        }

        var ids = at + (2 * plain);
        for (var i = 0; i < plain; i++)
        {
            var job = jobs[_order[i]];
            var key = keys.Job(job.Id);
            Arguments[at++] = key;
            Arguments[at++] = RecordWriter.WriteLive(job);
            Arguments[ids++] = key[^RedisText.IdLength..];
        }

        at = ids;
        foreach (var special in specials)
        {
            var job = jobs[special];
            Arguments[at++] = RedisText.Id(job.Id);
            Arguments[at++] = RecordWriter.WriteLive(job);
            Arguments[at++] = job.Queue;
            Arguments[at++] = (int)job.Priority;
            Arguments[at++] = job.DueAt is { } due ? due.ToUnixTimeMilliseconds() : "";
            Arguments[at++] = job.UniqueKey is { } key ? RedisText.Escape(key) : "";
        }
    }

    public int Count => _jobs.Count;

    public RedisValue[] Arguments { get; }

    /// <param name="reply">What the script returned.</param>
    public EnqueueReceipt[] Read(RedisResult reply)
    {
        var receipts = new EnqueueReceipt[_jobs.Count];
        for (var i = 0; i < receipts.Length; i++)
            receipts[i] = new EnqueueReceipt(_jobs[i].Id, IsNew: true);
        var taken = (RedisResult[])reply!;
        for (var i = 0; i < taken.Length; i += 2)
            receipts[_order[(int)taken[i] - 1]] = new EnqueueReceipt(RedisText.ReadId((byte[])taken[i + 1]!), IsNew: false);
        return receipts;
    }

    // A second job of the same id in one batch is looked at alone, after the first.
    void Sort(List<(Lane Lane, List<int> Jobs)> lanes, List<int> specials)
    {
        HashSet<JobId> seen = new(_jobs.Count);
        for (var i = 0; i < _jobs.Count; i++)
        {
            var job = _jobs[i];
            if (!seen.Add(job.Id) || job.DueAt is not null || job.UniqueKey is not null || job.ExpiresAt is not null)
            {
                specials.Add(i);
                continue;
            }

            var lane = lanes.FindIndex(known => known.Lane.Priority == job.Priority && known.Lane.Queue == job.Queue);
            if (lane < 0)
            {
                lane = lanes.Count;
                lanes.Add((new Lane(job.Queue, job.Priority), new List<int>(_jobs.Count)));
            }

            lanes[lane].Jobs.Add(i);
        }
    }
}
