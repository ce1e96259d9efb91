using System.Globalization;
using System.Text.RegularExpressions;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Jobs.Stores.Model;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>The Redis store against the model, on a server of its own whose time the test sets.</summary>
public sealed partial class RedisStoreModelTests : JobStoreModelTests
{
    // Each id with every place it stands at.
    const string Places = """
        local found = {}
        for _, key in ipairs(redis.call('KEYS', '{lp}:*')) do
          local kind = redis.call('TYPE', key).ok
          local name = string.match(key, '^{lp}:(%a+)')
          if name == 'ready' then
            for _, id in ipairs(redis.call('LRANGE', key, 0, -1)) do found[#found + 1] = id end
          elseif name == 'due' or name == 'dead' or name == 'parked' or name == 'blocked' or name == 'waiting' then
            for _, id in ipairs(redis.call('ZRANGE', key, 0, -1)) do found[#found + 1] = id end
          elseif name == 'worker' then
            for _, id in ipairs(redis.call('HKEYS', key)) do if id ~= '' then found[#found + 1] = id end end
          elseif name == 'done' then
            for _, entry in ipairs(redis.call('XRANGE', key, '-', '+')) do
              for at = 1, #entry[2][2], 32 do found[#found + 1] = string.sub(entry[2][2], at, at + 31) end
            end
          end
        end
        return found
        """;

    protected override async Task<ModelTarget> OpenAsync() => new Target(await RedisServer.StartAsync("--appendfsync", "no"));

    [GeneratedRegex("^[0-9a-f]{32}\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ids();

    sealed class Target(RedisServer server) : ModelTarget
    {
        readonly RedisTestClock _clock = new(server, "lp");

        public override bool KeepsPlaces => false;

        public override bool RemembersSilence => true;

        public override bool FollowsAtOnce => false;

        public override bool KeepsJobsOfFlows => false;

        public override async Task StartAsync()
        {
            await server.CommandAsync("FLUSHDB");
            if (Store is null)
                Open();
        }

        public override async Task ReopenAsync()
        {
            await Store.DisposeAsync();
            await server.CommandAsync("SCRIPT", "FLUSH");
            Open();
        }

        public override Task SettleAsync() => ((RedisJobStore)Store).EndingOverdue;

        public override Task SetTimeAsync(DateTimeOffset now) => _clock.SetAsync(now);

        public override async Task<IReadOnlyList<JobId>> FindPlacesAsync() =>
            [.. Ids().Matches(await server.CommandAsync("EVAL", Places, "0")).Select(id => JobId.Parse(id.Value.Trim(), CultureInfo.InvariantCulture))];

        public override Task<IReadOnlyList<string>> FindTracesOfFlowsAsync() => server.KeysAsync("{lp}:flow*");

        public override async ValueTask DisposeAsync()
        {
            if (Store is not null)
                await Store.DisposeAsync();
            await server.DisposeAsync();
        }

        void Open() => Store = _clock.Open();
    }
}
