using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Rows 14 to 16: what an end without success means for the rest of a flow.</summary>
public abstract partial class JobStoreTests
{
    [Theory]
    [InlineData(JobState.Failed, FlowState.Failed)]
    [InlineData(JobState.Quarantined, FlowState.Failed)]
    [InlineData(JobState.Cancelled, FlowState.Cancelled)]
    public async Task Flow_ThatCancelsTheRest_StopsAtAJobThatDidNotSucceed(JobState end, FlowState expected)
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Group(FlowPlans.Job("bad"), FlowPlans.Job("good"), FlowPlans.Job("runs"), FlowPlans.Job("queued", options => options.Queue("other")))
            .Then(new Engine.Script("callback")));
        var jobs = (await ClaimAsync(count: 3)).ToDictionary(job => FlowPlans.KeyOf(job.Envelope));
        await FinishKeyAsync("good", jobs["good"]);

        await EndAsync(jobs["bad"], end);

        await AssertStateAsync(end, plan.IdOf("bad"));
        await AssertStateAsync(JobState.Succeeded, plan.IdOf("good"));
        await AssertStateAsync(JobState.Cancelled, plan.IdOf("queued"));
        await AssertStateAsync(JobState.Cancelled, plan.IdOf("callback"));
        if (end != JobState.Quarantined)
        {
            // What runs is told to stop, and the flow is not over until it has.
            Assert.Equal(FlowState.Stopping, (await FindFlowAsync(plan)).State);
            Assert.Contains(plan.IdOf("runs"), (await BeatAsync()).Cancel);
            await FinishAsync(jobs["runs"], OutcomeKind.Cancelled);
        }

        Assert.Equal(expected, (await FindFlowAsync(plan)).State);
        Assert.Empty(await ClaimAsync());
    }

    [Theory]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.Quarantined)]
    [InlineData(JobState.Cancelled)]
    public async Task Flow_ThatGoesOn_GoesOnWithWhatSucceeded(JobState end)
    {
        await RegisterAsync();
        var plan = await AcceptAsync(
            Flow.Group(Flow.Chain(FlowPlans.Job("bad"), FlowPlans.Job("after bad")), FlowPlans.Job("good")).Then(new Engine.Script("callback")),
            options => options.OnFailure(FlowFailure.GoOn));
        var jobs = (await ClaimAsync()).ToDictionary(job => FlowPlans.KeyOf(job.Envelope));

        await FinishAsync(jobs["good"], OutcomeKind.Succeeded, result: "good");
        await EndAsync(jobs["bad"], end);

        await AssertStateAsync(JobState.Cancelled, plan.IdOf("after bad"));
        var callback = await ClaimOneAsync(end == JobState.Quarantined ? await RegisterAsync("w2") : "w1");
        Assert.Equal("callback", FlowPlans.KeyOf(callback.Envelope));
        var results = await ResultsAsync(plan, callback.Envelope.Flow!.From);
        Assert.Equal([JobState.Cancelled, JobState.Succeeded], results.Select(result => result.State));
        await FinishAsync(callback, OutcomeKind.Succeeded, end == JobState.Quarantined ? "w2" : "w1");
        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Succeeded, 2, 4), (flow.State, flow.Succeeded, flow.Finished));
    }

    [Theory]
    [InlineData(FlowFailure.CancelRest)]
    [InlineData(FlowFailure.GoOn)]
    public async Task Flow_WithAJobThatExpires_TakesItForOneThatFailed(FlowFailure policy)
    {
        await RegisterAsync();
        var plan = await AcceptAsync(
            Flow.Group(FlowPlans.Job("late", options => options.Queue("other").ExpiresAt(Now + Moment)), FlowPlans.Job("good")).Then(new Engine.Script("callback")),
            options => options.OnFailure(policy));
        await FinishKeyAsync("good", await ClaimOneAsync());

        await AdvanceAsync(Moment + TimeSpan.FromMilliseconds(20));
        await BeatAsync();
        await Eventually.HoldsAsync("the job has expired", async () =>
        {
            await Store.ReapAsync(TimeSpan.FromMinutes(1), 3, CancellationToken.None);
            return (await FindAsync(plan.IdOf("late"))).State == JobState.Expired;
        });

        if (policy == FlowFailure.GoOn)
            await FinishKeyAsync("callback", await ClaimOneAsync());
        var flow = await FindFlowAsync(plan);
        Assert.Equal((policy == FlowFailure.GoOn ? FlowState.Succeeded : FlowState.Failed, 1, 3), (flow.State, flow.Failed, flow.Finished));
        Assert.Empty(await ClaimAsync());
    }

    [Theory]
    [InlineData(OutcomeKind.Succeeded)]
    [InlineData(OutcomeKind.Failed)]
    public async Task Flow_WithAJobCancelledBeforeItsTurn_StillWaitsForTheOneBeforeThat(OutcomeKind end)
    {
        await RegisterAsync();
        var plan = await AcceptAsync(
            Flow.Group(Flow.Chain(FlowPlans.Job("slow"), FlowPlans.Job("after slow")), FlowPlans.Job("good")).Then(new Engine.Script("callback")),
            options => options.OnFailure(FlowFailure.GoOn));
        var jobs = (await ClaimAsync()).ToDictionary(job => FlowPlans.KeyOf(job.Envelope));
        await FinishKeyAsync("good", jobs["good"]);

        Assert.Equal(CancelReply.Cancelled, await Store.CancelAsync(plan.IdOf("after slow"), CancellationToken.None));

        await AssertStateAsync(JobState.Waiting, plan.IdOf("callback"));
        await FinishAsync(jobs["slow"], end, result: "slow", error: "no");
        await FinishKeyAsync("callback", await ClaimOneAsync());
        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Succeeded, 4, 1), (flow.State, flow.Finished, flow.Cancelled));
    }

    [Fact]
    public async Task Flow_ThatGoesOnWhereNoneSucceeded_CancelsWhatWouldHaveFollowed()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Chain(FlowPlans.Group(2), FlowPlans.Job("b"), FlowPlans.Job("c")), options => options.OnFailure(FlowFailure.GoOn));

        foreach (var job in await ClaimAsync())
            await FinishAsync(job, OutcomeKind.Failed, error: "no");

        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Failed, 2, 2), (flow.State, flow.Failed, flow.Cancelled));
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Flow_StoppedByTheQuarantineOfOneJobOfADeadWorker_CancelsTheOthersOfThatWorkerToo()
    {
        await RegisterAsync("dead");
        var plan = await AcceptAsync(FlowPlans.Group(3));
        var first = Assert.Single(await ClaimAsync("dead", count: 1));
        await AdvanceAsync(Moment);
        await Store.ReapAsync(Moment / 2, quarantineAfter: 2, CancellationToken.None);
        await RegisterAsync("dead too");
        Assert.Equal(3, (await ClaimAsync("dead too")).Count);
        await AdvanceAsync(Moment);

        await Store.ReapAsync(Moment / 2, quarantineAfter: 2, CancellationToken.None);

        await AssertStateAsync(JobState.Quarantined, first.Envelope.Id);
        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Failed, 1, 2), (flow.State, flow.Failed, flow.Cancelled));
    }

    [Fact]
    public async Task Flow_StoppedByAnExpiryThatAClaimFinds_CancelsWhatTheSameClaimTurnsAway()
    {
        await RegisterAsync();
        await RunningAsync(Job() with { SerialKey = "printer" });
        var plan = await AcceptAsync(
            Flow.Group(FlowPlans.Job("late", options => options.ExpiresAt(Now + Moment)), FlowPlans.Job("serial", options => options.Serial("printer"))));
        await AdvanceAsync(Moment + TimeSpan.FromMilliseconds(20));
        await BeatAsync();

        await Eventually.HoldsAsync("the flow is over", async () =>
        {
            Assert.Empty(await ClaimAsync());
            return (await FindFlowAsync(plan)).IsFinal;
        });

        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Failed, 1, 1), (flow.State, flow.Failed, flow.Cancelled));
    }

    [Fact]
    public async Task Flow_RetriesOfAJob_DoNotCount()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Chain(FlowPlans.Job("a"), FlowPlans.Job("b")));

        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Retry, error: "no");
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Released);
        Assert.Equal(0, (await FindFlowAsync(plan)).Finished);
        await FinishKeyAsync("a", await ClaimOneAsync());
        await FinishKeyAsync("b", await ClaimOneAsync());

        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 2);
    }
}
