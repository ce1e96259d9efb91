using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>A job whose stored form cannot be read holds up nobody, and can still be seen, ended and replayed.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Damaged_InItsLane_IsTakenAndNotGiven_AndHoldsUpNobody()
    {
        await RegisterAsync();
        var (before, broken, after) = (await EnqueueAsync(Job()), await EnqueueAsync(Job(unique: "k") with { Id = JobId.New(Now) }), await EnqueueAsync(Job()));
        await DamageAsync(broken.Id);

        Assert.Equal([before.Id, after.Id], Ids(await ClaimAsync()));

        // Its worker learns of it from the beat, as of a claim whose reply was lost, and ends it.
        var taken = await TakenAsync(broken.Id);
        var found = await FindAsync(broken.Id);
        Assert.Equal((JobState.Running, "test.one", "default", "w1"), (found.State, found.Envelope.Name, found.Envelope.Queue, found.Worker));
        Assert.Equal(broken.EnqueuedAt.ToUnixTimeMilliseconds(), found.Envelope.EnqueuedAt.ToUnixTimeMilliseconds(), 5_000.0);
        Assert.Null(found.Envelope.Unreadable!.LaterForm);
        Assert.True(await FinishAsync(taken, OutcomeKind.Failed, error: "unreadable"));
        await AssertStateAsync(JobState.Failed, broken.Id);
        Assert.True((await EnqueueManyAsync(Job(unique: "k")))[0].IsNew);
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Damaged_MayBeListedCancelledSweptAndDiscarded()
    {
        await RegisterAsync();
        var (one, two) = (await EnqueueAsync(Job()), await EnqueueAsync(Job()));
        await DamageAsync(one.Id);
        await DamageAsync(two.Id);

        Assert.Equal([one.Id, two.Id], (await Store.ListAsync(new JobQuery(JobState.Queued), CancellationToken.None)).Jobs.Select(job => job.Id));
        Assert.Equal(2, Assert.Single(await Store.ListQueuesAsync(CancellationToken.None)).Depth);
        Assert.Equal(CancelReply.Cancelled, await Store.CancelAsync(one.Id, CancellationToken.None));
        Assert.Equal(CancelReply.Cancelled, await Store.CancelAsync(two.Id, CancellationToken.None));

        var sweep = new DeadSweep(DeadAction.Retry, new DeadFilter { Name = "test.one" }, JobState.Cancelled, Now.AddMilliseconds(1), null, 100);
        Assert.Equal(2, (await Store.SweepDeadAsync(sweep, CancellationToken.None)).Changed);
        await Store.CancelAsync(one.Id, CancellationToken.None);
        Assert.Equal(DiscardReply.Discarded, await Store.DiscardAsync(one.Id, CancellationToken.None));
        Assert.Empty(await ClaimAsync());
        Assert.Equal(two.Id, Assert.Single((await BeatAsync()).Owned).Id);
    }

    [Fact]
    public async Task Damaged_ReplayedWithOtherArguments_RunsWithThem()
    {
        await RegisterAsync();
        var job = await DeadAsync(Job());
        await DamageAsync(job.Id);
        var dead = await FindAsync(job.Id);

        var edited = Edit(dead) with { Unreadable = null };
        Assert.Equal(RetryReply.Queued, await Store.RetryEditedAsync(edited, dead.FinishedAt!.Value, CancellationToken.None));

        var claimed = (await ClaimOneAsync()).Envelope;
        Assert.Equal((job.Id, 2), (claimed.Id, claimed.Args.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task Damaged_OfAFlow_IsCountedInIt()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(FlowPlans.Group(2), options => options.OnFailure(FlowFailure.GoOn));
        await DamageAsync(plan.Jobs[0].Id);
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Succeeded, result: "fine");

        Assert.Equal(CancelReply.Requested, await Store.CancelAsync(plan.Jobs[0].Id, CancellationToken.None));
        await Store.LeaveAsync("w1", CancellationToken.None);

        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Succeeded, 1, 1), (flow.State, flow.Succeeded, flow.Cancelled));
        await AssertStateAsync(JobState.Cancelled, plan.Jobs[0].Id);
    }

    [Fact]
    public async Task Damaged_ThatHoldsAPlace_GivesItBack()
    {
        await RegisterAsync();
        await SetLimitAsync("mail", new LimitRule(Running: 1));
        var broken = await RunningAsync(Job() with { SerialKey = "a", Limits = ["mail"] });
        var (serial, limited) = (await EnqueueAsync(Job() with { SerialKey = "a" }), await EnqueueAsync(Job() with { Limits = ["mail"] }));
        Assert.Empty(await ClaimAsync());
        await DamageAsync(broken.Envelope.Id);

        await Store.CancelAsync(broken.Envelope.Id, CancellationToken.None);
        await Store.LeaveAsync("w1", CancellationToken.None);

        await RegisterAsync("w2");
        Assert.Equal(Ids([serial, limited]).ToHashSet(), Ids(await ClaimAsync("w2")).ToHashSet());
    }

    [Fact]
    public async Task ReadEnded_OfDamagedRecords_GivesWhatCanBeToldOfThem_AndTheRest()
    {
        await RegisterAsync();
        List<JobId> ended = [];
        for (var i = 0; i < 4; i++)
        {
            await FinishAsync(await RunningAsync(Kept()), OutcomeKind.Succeeded, result: "fine");
            ended.Add((await Store.ListAsync(new JobQuery(JobState.Succeeded), CancellationToken.None)).Jobs.Select(job => job.Id).Except(ended).Single());
            await AdvanceAsync(TimeSpan.FromMilliseconds(2));
        }

        await DamageAsync(ended[1]);
        await DamageAsync(ended[2], outcomeToo: true);

        var batch = await ReadEndedAsync();

        Assert.Equal([ended[0], ended[1], ended[3]], batch.Jobs.Select(job => job.Id));
        Assert.Equal((JobState.Succeeded, "test.one", JsonValueKind.Null), (batch.Jobs[1].State, batch.Jobs[1].Envelope.Name, batch.Jobs[1].Envelope.Args.ValueKind));
        Assert.Equal(ended[2], Assert.Single(batch.Unreadable).Id);
        await Feed.AcknowledgeEndedAsync(batch.Receipts, TimeSpan.FromHours(1), CancellationToken.None);
        Assert.Empty((await ReadEndedAsync()).Receipts);
    }
}
