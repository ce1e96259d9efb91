using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>Jobs too late to start: ending them holds nobody up, and nothing hides them.</summary>
public sealed class RedisOverdueTests(SharedRedisServer shared) : IAsyncLifetime
{
    static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan Patience = Eventually.Deadline;

    readonly string _prefix = SharedRedisServer.NewPrefix();
    RedisServer _server = null!;
    RedisJobStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await shared.GetAsync();
        _store = await RedisStores.OpenAsync(_server, _prefix);
        await _store.BeatAsync("w");
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Claim_GivesWhatItTook_WhateverBecomesOfJobsThatAreTooLate()
    {
        await EnqueueLateAsync();
        var next = RedisStoreTest.Job();
        await _store.EnqueueAsync(next);
        // Ending anything fails from now on.
        await _server.CommandAsync("DEL", Key("expiring"));
        await _server.CommandAsync("SET", Key("expiring"), "broken");

        Assert.Equal(next.Id, Assert.Single(await _store.ClaimAsync("w").WaitAsync(Patience)).Envelope.Id);

        await _store.EndingOverdue.WaitAsync(Patience);
    }

    [Fact]
    public async Task JobsThatAreTooLate_End_AlsoWhileFlowsAreLeftWithSteps()
    {
        var plan = FlowPlans.Plan(FlowPlans.Group(2));
        await _store.AcceptFlowAsync(plan, CancellationToken.None);
        Assert.Equal(2, (await _store.ClaimAsync("w")).Count);
        var late = await EnqueueLateAsync();
        // As a caller leaves them that dies before its next call.
        await _server.CommandAsync("RPUSH", Key($"flowsteps:{plan.Id}"), "S 0 0");
        await _server.CommandAsync("ZADD", Key("flowwork"), "1", plan.Id.ToString());

        Assert.Empty(await _store.ClaimAsync("w").WaitAsync(Patience));
        await _store.EndingOverdue.WaitAsync(Patience);

        Assert.Equal(JobState.Expired, await _store.StateAsync(late));
        Assert.Empty(await _server.KeysAsync(Key("flowwork")));
    }

    [Fact]
    public async Task JobsOfAFlowInTheMaking_HideNoOtherThatIsTooLate()
    {
        await RedisRaw.HalfMakeAsync(_server, _prefix, FlowPlans.Plan(FlowPlans.Group(300, options => options.ExpiresIn(Brief))));
        var late = await EnqueueLateAsync();

        await Eventually.HoldsAsync("the job has expired", async () =>
        {
            await _store.ReapAsync(TimeSpan.FromHours(1), 3, CancellationToken.None);
            return await _store.StateAsync(late) == JobState.Expired;
        });

        Assert.Equal(300, (await _store.CountAsync())[JobState.Waiting]);
    }

    async Task<JobId> EnqueueLateAsync()
    {
        var job = RedisStoreTest.Job() with { ExpiresAt = TimeProvider.System.GetUtcNow() + Brief };
        await _store.EnqueueAsync(job);
        await Task.Delay(Brief * 2, TimeProvider.System);
        return job.Id;
    }

    string Key(string name) => $"{{{_prefix}}}:{name}";
}
