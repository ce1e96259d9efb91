using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>What the store leaves in Redis: little, in one slot, and nothing for good.</summary>
public sealed class RedisKeysInUseTests(SharedRedisServer shared) : RedisStoreTests(shared)
{
    [Fact]
    public async Task Success_LeavesOnlyTheRecord()
    {
        var job = await Store.RunAsync("w", RedisStoreTest.Job());
        Assert.Equal([Key($"job:{job.Envelope.Id}")], await Server.KeysAsync($"*{job.Envelope.Id}*"));

        await Store.FinishAsync("w", [job]);

        Assert.Equal([Key($"job:{job.Envelope.Id}")], await Server.KeysAsync($"*{job.Envelope.Id}*"));
        Assert.Equal(":1", (await Server.CommandAsync("EXISTS", Key("done"))).Trim());
        Assert.Equal(":1", (await Server.CommandAsync("HLEN", Key("worker:w"))).Trim());
    }

    [Fact]
    public async Task OwnQueue_LeavesNothing()
    {
        const string own = "@0123abcd";
        await Store.BeatAsync(new WorkerBeat("owner", "host", 1, "1.0", 4, 1, [own], ["test.one"], DateTimeOffset.UnixEpoch, IsFirst: true), CancellationToken.None);
        var job = RedisStoreTest.Job() with { Queue = own, Priority = JobPriority.Critical };
        var claim = new ClaimRequest("owner", [new Lane(own, JobPriority.Critical)], 10);
        await Store.EnqueueAsync([job], CancellationToken.None);
        Assert.Single((await Store.ClaimAsync(claim, CancellationToken.None)).Jobs);
        Assert.Empty((await Store.ClaimAsync(claim, CancellationToken.None)).Jobs);
        Assert.NotEmpty(await Server.KeysAsync(Key("idle:@*")));
        await Store.EnqueueAsync([job with { Id = JobId.New() }], CancellationToken.None);

        await Store.LeaveAsync("owner", CancellationToken.None);

        Assert.Empty(await Server.KeysAsync(Key("*@*")));
        Assert.Empty(await Server.KeysAsync(Key("*owner*")));
    }

    [Fact]
    public async Task SuccessAfterTroubles_LeavesOnlyTheRecord()
    {
        var job = await Store.RunAsync("w", RedisStoreTest.Job(unique: "k"));
        await Store.ReportProgressAsync("w", [new ProgressReport(job.Envelope.Id, job.Stamp, new JobProgress(1, 2, "half"))], CancellationToken.None);
        await Store.FinishAsync("w", [job], OutcomeKind.Retry);
        job = Assert.Single(await Store.ClaimAsync("w"));
        await Store.FinishAsync("w", [job], OutcomeKind.Parked);
        await Store.BeatAsync("w", isFirst: false, "test.one");
        job = Assert.Single(await Store.ClaimAsync("w"));
        await Store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        await Store.FinishAsync("w", [job]);
        await Store.BeatAsync("w", isFirst: false);

        Assert.Equal([Key($"job:{job.Envelope.Id}")], await Server.KeysAsync($"*{job.Envelope.Id}*"));
        Assert.Empty(await Server.KeysAsync(Key("unique:*")));
        Assert.Empty(await Server.KeysAsync(Key("parked*")));
        Assert.Empty(await Server.KeysAsync(Key("commands:*")));
    }

    [Fact]
    public async Task CancelThatCameTooLate_LeavesOnlyTheRecord_WhichSaysSo()
    {
        var job = await Store.RunAsync("w", RedisStoreTest.Job());
        await Store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        Assert.Equal([true], await Store.FinishAsync("w", [job]));

        Assert.Equal([Key($"job:{job.Envelope.Id}")], await Server.KeysAsync($"*{job.Envelope.Id}*"));
        Assert.Equal(JobState.Succeeded, await Store.StateAsync(job.Envelope.Id));
    }

    [Fact]
    public async Task AllIsGone_WhenTimeIsOverAndWorkersLeave()
    {
        var clock = await RedisTestClock.StartAsync(Server, Prefix);
        await using var store = clock.Open();
        await RedisStores.ConnectedAsync(store);
        await store.BeatAsync("w");
        var ttl = TimeSpan.FromSeconds(1);
        for (var batch = 0; batch < 4; batch++)
        {
            await store.EnqueueAsync(RedisStoreTest.Jobs(256, ttl));
            var jobs = await store.ClaimAsync("w");
            Assert.Equal(256, jobs.Count);
            await store.FinishAsync("w", jobs.Take(200));
            await store.FinishAsync("w", jobs.Skip(200).Take(50), OutcomeKind.Failed);
            await store.FinishAsync("w", jobs.Skip(250), OutcomeKind.Cancelled);
        }

        Assert.Equal(1_024, (await Server.KeysAsync(Key("job:*"))).Count);
        await clock.AdvanceAsync(ttl * 2);
        await Eventually.HoldsAsync("the records are forgotten", async () =>
        {
            await store.PruneAsync(500, CancellationToken.None);
            return (await Server.KeysAsync(Key("job:*"))).Count == 0;
        });
        await store.LeaveAsync("w", CancellationToken.None);
        await store.PruneAsync(500, CancellationToken.None);

        Assert.Equal(["meta"], await RedisRaw.LeftForGoodAsync(Server, Prefix));
        var counts = await store.CountAsync();
        Assert.All(counts.ByState, count => Assert.Equal(0, count.Value));
    }

    [Fact]
    public async Task OddText_InKeysOwnersAndErrors_ComesBackAsItWas()
    {
        var text = "tab\t line\n per%cent \u007f ü \"quoted\" \\";
        var job = await Store.RunAsync("w", RedisStoreTest.Job(unique: text, owner: text));
        Assert.False(Assert.Single(await Store.EnqueueAsync(RedisStoreTest.Job(unique: text))).IsNew);
        await Store.ReportProgressAsync("w", [new ProgressReport(job.Envelope.Id, job.Stamp, new JobProgress(1, 2, text))], CancellationToken.None);
        await Store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        await Store.FinishAsync("w", [new JobOutcome(job, OutcomeKind.Retry, Error: text)], CancellationToken.None);

        var record = await Store.FindAsync(job.Envelope.Id, CancellationToken.None);
        Assert.NotNull(record);
        Assert.Equal((JobState.Cancelled, text, text, text), (record.State, record.Error, record.Envelope.Owner, record.Progress?.Message));
        Assert.True(Assert.Single(await Store.EnqueueAsync(RedisStoreTest.Job(unique: text))).IsNew);
    }
}
