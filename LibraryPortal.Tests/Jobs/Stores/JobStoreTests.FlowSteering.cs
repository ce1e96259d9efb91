using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Rows 14 to 16: a flow, or a job of one, cancelled and replayed.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task CancelFlow_CancelsWhatHasNotEnded()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Group(FlowPlans.Group(600, options => options.Queue("other")), FlowPlans.Job("runs"), FlowPlans.Job("done")).Then(new Engine.Script("callback")));
        var jobs = (await ClaimAsync()).ToDictionary(job => FlowPlans.KeyOf(job.Envelope));
        await FinishKeyAsync("done", jobs["done"]);

        Assert.Equal(CancelReply.Requested, await Store.CancelFlowAsync(plan.Id, CancellationToken.None));

        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Stopping, 1, 601), (flow.State, flow.Succeeded, flow.Cancelled));
        Assert.Empty(await ClaimAsync(queue: "other"));
        // It was done before it could be stopped: so be it.
        await FinishKeyAsync("runs", jobs["runs"]);
        flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Cancelled, 2, 601), (flow.State, flow.Succeeded, flow.Cancelled));
        Assert.Equal(CancelReply.AlreadyFinal, await Store.CancelFlowAsync(plan.Id, CancellationToken.None));
        Assert.Equal(CancelReply.Unknown, await Store.CancelFlowAsync(FlowId.New(), CancellationToken.None));
        Assert.Equal(0, (await Store.CountAsync(CancellationToken.None))[JobState.Waiting]);
    }

    [Fact]
    public async Task CancelFlow_WhereNothingRuns_EndsItAtOnce()
    {
        var plan = await AcceptAsync(FlowPlans.Group(3).Then(new Engine.Script("callback")));

        Assert.Equal(CancelReply.Cancelled, await Store.CancelFlowAsync(plan.Id, CancellationToken.None));

        Assert.Equal((FlowState.Cancelled, 4), ((await FindFlowAsync(plan)).State, (await FindFlowAsync(plan)).Cancelled));
    }

    [Fact]
    public async Task Retry_OfAFailedJobOfAStoppedFlow_TakesTheFlowUp()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(FlowPlans.Group(600).Then(new Engine.Script("callback")));
        var first = await ClaimAsync(count: 3);
        await FinishAsync(first[0], OutcomeKind.Succeeded, result: "0");
        await FinishAsync(first[1], OutcomeKind.Failed, error: "no");
        // Still being stopped.
        Assert.Equal(RetryReply.NotRetryable, await Store.RetryAsync(first[1].Envelope.Id, CancellationToken.None));
        await FinishAsync(first[2], OutcomeKind.Succeeded, result: "2");
        Assert.Equal(FlowState.Failed, (await FindFlowAsync(plan)).State);

        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(first[1].Envelope.Id, CancellationToken.None));

        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Running, 2, 0, 0), (flow.State, flow.Succeeded, flow.Failed, flow.Cancelled));
        await AssertStateAsync(JobState.Waiting, plan.Jobs[^1].Id);
        await FinishAllAsync();
        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 601);
        Assert.Equal(600, (await ResultsAsync(plan, plan.Jobs[^1].Flow!.From, 700)).Count(result => result.Value is not null));
    }

    [Fact]
    public async Task RetryFlow_OfACancelledFlow_GoesOnWhereItStood()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Chain(FlowPlans.Job("a"), FlowPlans.Job("b"), FlowPlans.Job("c")));
        await FinishKeyAsync("a", await ClaimOneAsync());
        var running = await ClaimOneAsync();
        await Store.CancelFlowAsync(plan.Id, CancellationToken.None);
        Assert.Equal(RetryReply.NotRetryable, await Store.RetryFlowAsync(plan.Id, CancellationToken.None));
        // The last before a gate succeeds while the flow is being stopped.
        await FinishKeyAsync("b", running);
        Assert.Equal(FlowState.Cancelled, (await FindFlowAsync(plan)).State);

        Assert.Equal(RetryReply.Queued, await Store.RetryFlowAsync(plan.Id, CancellationToken.None));

        await FinishKeyAsync("c", await ClaimOneAsync());
        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 3);
        Assert.Equal(RetryReply.NotRetryable, await Store.RetryFlowAsync(plan.Id, CancellationToken.None));
        Assert.Equal(RetryReply.Unknown, await Store.RetryFlowAsync(FlowId.New(), CancellationToken.None));
    }

    [Fact]
    public async Task Retry_OfAFailedJobInAFlowThatGoesOn_IsWaitedForIfItsStepIsNotOver()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(
            Flow.Group(Flow.Chain(FlowPlans.Job("bad"), FlowPlans.Job("after bad")), FlowPlans.Job("slow")).Then(new Engine.Script("callback")),
            options => options.OnFailure(FlowFailure.GoOn));
        var jobs = (await ClaimAsync()).ToDictionary(job => FlowPlans.KeyOf(job.Envelope));
        await FinishAsync(jobs["bad"], OutcomeKind.Failed, error: "no");
        await AssertStateAsync(JobState.Cancelled, plan.IdOf("after bad"));

        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(plan.IdOf("bad"), CancellationToken.None));

        // What was cancelled because of it waits again.
        await AssertStateAsync(JobState.Waiting, plan.IdOf("after bad"));
        await FinishKeyAsync("slow", jobs["slow"]);
        await AssertStateAsync(JobState.Waiting, plan.IdOf("callback"));
        await FinishKeyAsync("bad", await ClaimOneAsync());
        await FinishKeyAsync("after bad", await ClaimOneAsync());
        await FinishKeyAsync("callback", await ClaimOneAsync());
        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 4);
    }

    [Fact]
    public async Task Retry_OfAFailedJobWhoseCallbackRan_RunsItAlone()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(FlowPlans.Group(2).Then(new Engine.Script("callback")), options => options.OnFailure(FlowFailure.GoOn));
        var jobs = await ClaimAsync();
        await FinishAsync(jobs[0], OutcomeKind.Failed, error: "no");
        await FinishAsync(jobs[1], OutcomeKind.Succeeded, result: "1");
        await FinishKeyAsync("callback", await ClaimOneAsync());
        Assert.Equal((FlowState.Succeeded, 1), ((await FindFlowAsync(plan)).State, (await FindFlowAsync(plan)).Failed));

        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(jobs[0].Envelope.Id, CancellationToken.None));

        Assert.Equal(FlowState.Running, (await FindFlowAsync(plan)).State);
        await FinishKeyAsync("0", await ClaimOneAsync());
        // No second callback.
        Assert.Empty(await ClaimAsync());
        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 3);
    }

    [Fact]
    public async Task Retry_OfAJobBehindAStepThatFailed_IsRefused_AndThatOfTheStepTakesBothUp()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Chain(FlowPlans.Job("a"), FlowPlans.Job("b")), options => options.OnFailure(FlowFailure.GoOn));
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Failed, error: "no");
        await AssertStateAsync(JobState.Cancelled, plan.IdOf("b"));

        Assert.Equal(RetryReply.NotRetryable, await Store.RetryAsync(plan.IdOf("b"), CancellationToken.None));

        await AssertStateAsync(JobState.Cancelled, plan.IdOf("b"));
        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Failed, 1, 1), (flow.State, flow.Failed, flow.Cancelled));
        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(plan.IdOf("a"), CancellationToken.None));
        await AssertStateAsync(JobState.Waiting, plan.IdOf("b"));
        await FinishKeyAsync("a", await ClaimOneAsync());
        await FinishKeyAsync("b", await ClaimOneAsync());
        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 2);
    }

    [Fact]
    public async Task RetryFlow_WhereTheUniqueKeyOfAStepIsTaken_LeavesWhatIsBehindIt_AndEnds()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(
            Flow.Chain(FlowPlans.Job("a", options => options.Unique("key")), FlowPlans.Job("b")), options => options.OnFailure(FlowFailure.GoOn));
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Failed, error: "no");
        await EnqueueAsync(Job(queue: "other", unique: "key"));

        await Store.RetryFlowAsync(plan.Id, CancellationToken.None);

        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Failed, 1, 1), (flow.State, flow.Failed, flow.Cancelled));
        Assert.Equal(0, (await Store.CountAsync(CancellationToken.None))[JobState.Waiting]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RetryFlow_OfOneCancelledAsAWhole_WhereTheUniqueKeyOfAStepIsTaken_DoesNotWaitForThatStep(bool hasAnother)
    {
        await RegisterAsync();
        var first = FlowPlans.Job("a", options => options.Unique("key"));
        var plan = await AcceptAsync(
            Flow.Chain(hasAnother ? Flow.Group(first, FlowPlans.Job("another")) : first, FlowPlans.Job("b")), options => options.OnFailure(FlowFailure.GoOn));
        await Store.CancelFlowAsync(plan.Id, CancellationToken.None);
        await EnqueueAsync(Job(queue: "other", unique: "key"));

        Assert.Equal(RetryReply.Queued, await Store.RetryFlowAsync(plan.Id, CancellationToken.None));

        if (hasAnother)
        {
            await FinishKeyAsync("another", await ClaimOneAsync());
            await FinishKeyAsync("b", await ClaimOneAsync());
        }

        var flow = await FindFlowAsync(plan);
        Assert.Equal(hasAnother ? (FlowState.Succeeded, 2, 1) : (FlowState.Failed, 0, 2), (flow.State, flow.Succeeded, flow.Cancelled));
        Assert.Equal(0, (await Store.CountAsync(CancellationToken.None))[JobState.Waiting]);
    }

    [Fact]
    public async Task Retry_OfAJob_WhereTheUniqueKeyOfTheStepBehindItIsTaken_TakesUpThatJobAlone()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(
            Flow.Chain(FlowPlans.Job("a"), FlowPlans.Job("b", options => options.Unique("key")), FlowPlans.Job("c")), options => options.OnFailure(FlowFailure.GoOn));
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Failed, error: "no");
        await EnqueueAsync(Job(queue: "other", unique: "key"));

        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(plan.IdOf("a"), CancellationToken.None));

        Assert.Equal(FlowState.Running, (await FindFlowAsync(plan)).State);
        await FinishKeyAsync("a", await ClaimOneAsync());
        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Failed, 1, 2), (flow.State, flow.Succeeded, flow.Cancelled));
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Retry_OfAJobOfAStoppedFlow_WhileAnotherHasItsUniqueKey_IsRefused_AndLeavesTheFlowAsItWas()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Group(FlowPlans.Job("keyed", options => options.Unique("key")), FlowPlans.Job("cancelled")));
        var keyed = Assert.Single(await ClaimAsync(count: 1));
        await FinishAsync(keyed, OutcomeKind.Failed, error: "no");
        await EnqueueAsync(Job(queue: "other", unique: "key"));
        var dead = await FindAsync(keyed);

        Assert.Equal(RetryReply.NotRetryable, await Store.RetryAsync(keyed.Envelope.Id, CancellationToken.None));
        Assert.Equal(RetryReply.NotRetryable, await Store.RetryEditedAsync(Edit(dead), dead.FinishedAt!.Value, CancellationToken.None));

        Assert.Equal(dead.Envelope.Args.GetRawText(), (await FindAsync(keyed)).Envelope.Args.GetRawText());
        await AssertStateAsync(JobState.Cancelled, plan.IdOf("cancelled"));
        var flow = await FindFlowAsync(plan);
        Assert.Equal((FlowState.Failed, 1, 1), (flow.State, flow.Failed, flow.Cancelled));
    }
}
