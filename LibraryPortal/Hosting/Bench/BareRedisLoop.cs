using StackExchange.Redis;

namespace LibraryPortal.Hosting.Bench;

/// <summary>The least that Redis must do for a queue with claims: records in, records out, ends written, in batches, by three scripts. No engine around it.</summary>
internal sealed class BareRedisLoop(ConnectionMultiplexer redis, string prefix)
{
    const string Enqueue = "redis.call('MSET', unpack(ARGV, 1, 2 * KEYS[3])) redis.call('RPUSH', KEYS[1], unpack(ARGV, 2 * KEYS[3] + 1))";
    const string Claim = """
        local ids = redis.call('LPOP', KEYS[1], ARGV[1])
        if not ids then return {} end
        local keys, claims = {}, {}
        for i, id in ipairs(ids) do
          keys[i] = KEYS[3] .. id
          claims[2 * i - 1] = id
          claims[2 * i] = '1'
        end
        redis.call('HSET', KEYS[2], unpack(claims))
        return { ids, redis.call('MGET', unpack(keys)) }
        """;
    const string Finish = "redis.call('HDEL', KEYS[1], unpack(ARGV, 1, #ARGV / 3)) redis.call('MSET', unpack(ARGV, #ARGV / 3 + 1))";

    readonly IDatabase _database = redis.GetDatabase();
    readonly byte[] _record = [.. Enumerable.Repeat((byte)'x', 200)];

    public async Task<BareFigures> RunAsync(BareWork work) =>
        new(await BareCost.OfAsync(work.Jobs, () => EnqueueAllAsync(work)), await BareCost.OfAsync(work.Jobs, () => DrainAsync(work)));

    async Task EnqueueAllAsync(BareWork work)
    {
        Queue<Task> underWay = new();
        for (var at = 0; at < work.Jobs; at += work.EnqueueBatch)
        {
            underWay.Enqueue(EnqueueAsync(Math.Min(work.EnqueueBatch, work.Jobs - at)));
            if (underWay.Count >= work.UnderWay)
                await underWay.Dequeue();
        }

        await Task.WhenAll(underWay);
    }

    async Task DrainAsync(BareWork work)
    {
        Task finish = Task.CompletedTask;
        for (var done = 0; done < work.Jobs;)
        {
            var claimed = (RedisResult[])(await _database.ScriptEvaluateAsync(Claim, [Key("ready"), Key("claims"), Key("job:")], [work.DrainBatch]))!;
            var ids = (RedisValue[])claimed[0]!;
            await finish;
            finish = FinishAsync(ids);
            done += ids.Length;
        }

        await finish;
    }

    Task<RedisResult> EnqueueAsync(int count)
    {
        var arguments = new RedisValue[3 * count];
        for (var i = 0; i < count; i++)
        {
            var id = Guid.CreateVersion7().ToString("N");
            (arguments[2 * i], arguments[(2 * i) + 1], arguments[(2 * count) + i]) = ((string)Key("job:")! + id, _record, id);
        }

        return _database.ScriptEvaluateAsync(Enqueue, [Key("ready"), Key("job:"), $"{count}"], arguments);
    }

    Task<RedisResult> FinishAsync(RedisValue[] ids)
    {
        var arguments = new RedisValue[3 * ids.Length];
        for (var i = 0; i < ids.Length; i++)
            (arguments[i], arguments[ids.Length + (2 * i)], arguments[ids.Length + (2 * i) + 1]) = (ids[i], (string)Key("job:")! + ids[i], _record);
        return _database.ScriptEvaluateAsync(Finish, [Key("claims")], arguments);
    }

    RedisKey Key(string name) => $"{{{prefix}}}:bare-{name}";
}
