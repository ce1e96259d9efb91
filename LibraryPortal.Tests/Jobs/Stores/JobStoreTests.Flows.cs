using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Rows 14 to 17: flows. What runs when, what each end of a job means for the rest, and that nothing happens twice.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Flow_Chain_RunsOneAfterTheOther()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Chain(FlowPlans.Job("a"), FlowPlans.Job("b"), FlowPlans.Job("c")));

        await AssertStateAsync(JobState.Waiting, plan.IdOf("b"));
        Assert.Equal(2, (await Store.CountAsync(CancellationToken.None))[JobState.Waiting]);
        Assert.Equal(["b", "c"], (await Store.ListAsync(new JobQuery(JobState.Waiting), CancellationToken.None)).Jobs.Select(job => FlowPlans.KeyOf(job.Envelope)).Order());
        foreach (var key in new[] { "a", "b", "c" })
            await FinishKeyAsync(key, await ClaimOneAsync());

        Assert.Empty(await ClaimAsync());
        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 3);
    }

    [Fact]
    public async Task Flow_Group_RunsSideBySide()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(FlowPlans.Group(5));

        var jobs = await ClaimAsync();
        Assert.Equal(["0", "1", "2", "3", "4"], jobs.Select(job => FlowPlans.KeyOf(job.Envelope)));
        foreach (var job in jobs.Reverse())
            await FinishAsync(job, OutcomeKind.Succeeded, result: FlowPlans.KeyOf(job.Envelope) + "!");

        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 5);
        Assert.Equal(["0!", "1!", "2!", "3!", "4!"], (await ResultsAsync(plan, FlowPlace.End)).Select(result => result.Read<string>()));
    }

    [Fact]
    public async Task Flow_Chord_LetsItsCallbackGoOnceAllHaveEnded()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(FlowPlans.Group(300).Then(new Engine.Script("callback")));
        var callback = plan.Jobs[^1];

        var jobs = await ClaimAsync(count: 256);
        jobs = [.. jobs, .. await ClaimAsync(count: 256)];
        Assert.Equal(300, jobs.Count);
        await Store.FinishAsync("w1", [.. jobs.Skip(1).Select(job => Success(job, FlowPlans.KeyOf(job.Envelope)))], CancellationToken.None);
        await AssertStateAsync(JobState.Waiting, callback.Id);
        // Told again, as after a lost reply: it counts once.
        Assert.DoesNotContain(true, await Store.FinishAsync("w1", [.. jobs.Skip(1).Select(job => Success(job, "x"))], CancellationToken.None));
        await AssertStateAsync(JobState.Waiting, callback.Id);
        await Store.FinishAsync("w1", [Success(jobs[0], "0"), Success(jobs[0], "again")], CancellationToken.None);

        Assert.Equal(callback.Id, (await ClaimOneAsync()).Envelope.Id);
        var results = await ResultsAsync(plan, callback.Flow!.From);
        Assert.Equal(Enumerable.Range(0, 300).Select(number => $"{number}"), results.Select(result => result.Read<string>()));
    }

    [Fact]
    public async Task Flow_Empty_IsOverAtOnce()
    {
        var plan = await AcceptAsync(Flow.Group<string>());

        await AssertFlowAsync(plan, FlowState.Succeeded);
        Assert.Empty(await ResultsAsync(plan, FlowPlace.End));
    }

    [Fact]
    public async Task Flow_WithAnEmptyGroupInItsMiddle_PassesNothingOn()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Chain(FlowPlans.Job("a"), Flow.Group<string>(), FlowPlans.Job("b")));

        await FinishKeyAsync("a", await ClaimOneAsync());
        var next = await ClaimOneAsync();

        Assert.Equal("b", FlowPlans.KeyOf(next.Envelope));
        Assert.Empty(await ResultsAsync(plan, next.Envelope.Flow!.From));
    }

    [Fact]
    public async Task Flow_Nested_KeepsItsOrder()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Chain(
            FlowPlans.Job("a"),
            Flow.Group(Flow.Chain(FlowPlans.Job("b"), Flow.Group(FlowPlans.Job("c"), FlowPlans.Job("d"))), FlowPlans.Job("e")),
            FlowPlans.Job("f")));

        List<string> order = [];
        while (await ClaimAsync() is { Count: > 0 } wave)
        {
            order.Add(string.Concat(wave.Select(job => FlowPlans.KeyOf(job.Envelope)).Order()));
            foreach (var job in wave)
                await FinishAsync(job, OutcomeKind.Succeeded, result: FlowPlans.KeyOf(job.Envelope));
        }

        Assert.Equal(["a", "be", "cd", "f"], order);
        Assert.Equal(["c", "d", "e"], (await ResultsAsync(plan, plan.Jobs[^1].Flow!.From)).Select(result => result.Read<string>()));
        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 6);
    }

    [Fact]
    public async Task Flow_StartedTwice_IsThereOnce()
    {
        await RegisterAsync();
        var plan = FlowPlans.Plan(FlowPlans.Group(3));
        Assert.Equal(FlowAcceptance.Accepted, (await Store.AcceptFlowAsync(plan, CancellationToken.None)).Acceptance);

        var again = FlowPlans.Plan(FlowPlans.Group(3), options => options.Id(plan.Id));
        Assert.Equal(FlowAcceptance.Existing, (await Store.AcceptFlowAsync(plan, CancellationToken.None)).Acceptance);
        Assert.Equal(FlowAcceptance.Existing, (await Store.AcceptFlowAsync(again, CancellationToken.None)).Acceptance);

        Assert.Equal(3, (await ClaimAsync()).Count);
    }

    [Fact]
    public async Task Flow_WithATakenUniqueKey_IsRefusedAsAWhole()
    {
        await RegisterAsync();
        var holder = await EnqueueAsync(Job(unique: "k"));
        var plan = FlowPlans.Plan(Flow.Group(FlowPlans.Group(300), FlowPlans.Job("mine", options => options.Unique("other")), FlowPlans.Job("x", options => options.Unique("k"))));

        var receipt = await Store.AcceptFlowAsync(plan, CancellationToken.None);

        Assert.Equal((FlowAcceptance.Refused, holder.Id), (receipt.Acceptance, receipt.Holder));
        Assert.Null(await Store.FindFlowAsync(plan.Id, CancellationToken.None));
        Assert.Null(await Store.FindAsync(plan.Jobs[0].Id, CancellationToken.None));
        Assert.Equal(0, (await Store.CountAsync(CancellationToken.None))[JobState.Waiting]);
        Assert.Equal(holder.Id, (await ClaimOneAsync()).Envelope.Id);
        // A key it held for a moment is free again, and so is its id.
        Assert.True(Assert.Single(await EnqueueManyAsync(Job(unique: "other"))).IsNew);
        Assert.Equal(FlowAcceptance.Accepted, (await Store.AcceptFlowAsync(FlowPlans.Plan(FlowPlans.Group(1), options => options.Id(plan.Id)), CancellationToken.None)).Acceptance);
    }

    [Fact]
    public async Task Flow_HoldsTheUniqueKeysOfJobsThatWait()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Chain(FlowPlans.Job("a"), FlowPlans.Job("b", options => options.Unique("k"))));
        Assert.Equal(new EnqueueReceipt(plan.IdOf("b"), IsNew: false), Assert.Single(await EnqueueManyAsync(Job(unique: "k"))));

        await Store.CancelFlowAsync(plan.Id, CancellationToken.None);

        Assert.True(Assert.Single(await EnqueueManyAsync(Job(unique: "k"))).IsNew);
    }

    [Fact]
    public async Task Flow_JobWithADueTime_IsNeitherBeforeItsTurnNorEarly()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Chain(FlowPlans.Job("a"), FlowPlans.Job("b", options => options.At(Now + Moment))));
        await AssertStateAsync(JobState.Waiting, plan.IdOf("b"));

        await FinishKeyAsync("a", await ClaimOneAsync());
        await AssertStateAsync(JobState.Scheduled, plan.IdOf("b"));

        await AdvanceAsync(Moment + TimeSpan.FromMilliseconds(20));
        await FinishKeyAsync("b", await ClaimOneAsync());
        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 2);
    }

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

    [Fact]
    public async Task Flow_OfADeadWorker_LosesNothingAndDoublesNothing()
    {
        await RegisterAsync("dead");
        var plan = await AcceptAsync(FlowPlans.Group(20).Then(new Engine.Script("callback")));
        var lost = await ClaimAsync("dead", count: 10);
        await AdvanceAsync(Moment);
        await RegisterAsync("alive");
        await Store.ReapAsync(Moment / 2, 3, CancellationToken.None);

        Assert.All(await Store.FinishAsync("dead", [.. lost.Select(job => Success(job, "x"))], CancellationToken.None), Assert.False);
        await FinishAllAsync("alive");

        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 21);
    }

    [Fact]
    public async Task Flow_IsListedFoundAndForgotten()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(
            Flow.Chain(FlowPlans.Job("a", options => options.ResultTtl(TimeSpan.FromSeconds(1))), FlowPlans.Job("b", options => options.ResultTtl(TimeSpan.FromSeconds(1)))),
            options => options.Named("yearly").Owner("ana").OnFailure(FlowFailure.GoOn));

        var flow = Assert.Single((await Store.ListFlowsAsync(new FlowQuery(), CancellationToken.None)).Flows);
        Assert.Equal((plan.Id, "yearly", "ana", FlowFailure.GoOn, 2), (flow.Id, flow.Name, flow.Owner, flow.OnFailure, flow.Total));
        Assert.Equal(plan.AcceptedAt, flow.AcceptedAt);
        var shape = await Store.ReadFlowShapeAsync(plan.Id, CancellationToken.None);
        Assert.Equal((FlowNodeKind.Chain, 2), (shape!.Kind, Assert.Single(shape.Children).Count));
        Assert.Equal(
            [(0, JobState.Queued), (1, JobState.Waiting)],
            (await Store.ListFlowJobsAsync(plan.Id, 0, 50, CancellationToken.None)).Select(job => (job.Number, job.State)));
        Assert.Equal(plan.IdOf("b"), Assert.Single(await Store.ListFlowJobsAsync(plan.Id, 1, 50, CancellationToken.None)).Id);

        await FinishAllAsync();
        Assert.Empty((await Store.ListFlowsAsync(new FlowQuery(), CancellationToken.None)).Flows);
        Assert.Equal(plan.Id, Assert.Single((await Store.ListFlowsAsync(new FlowQuery(Ended: true), CancellationToken.None)).Flows).Id);
        await AdvanceAsync(TimeSpan.FromMilliseconds(1_100));
        Assert.Null(await Store.FindFlowAsync(plan.Id, CancellationToken.None));
        await Store.PruneAsync(100, CancellationToken.None);
        Assert.Equal(0, (await Store.ListFlowsAsync(new FlowQuery(Ended: true), CancellationToken.None)).Total);
        Assert.Null(await Store.FindAsync(plan.IdOf("a"), CancellationToken.None));
    }

    [Fact]
    public async Task Flow_OfTenThousandJobs_IsReleasedWhole()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(Flow.Chain(FlowPlans.Job("first"), FlowPlans.Group(10_000), FlowPlans.Job("last")));
        await FinishKeyAsync("first", await ClaimOneAsync());
        Assert.Equal((10_000, 1), await QueuedAndWaitingAsync());

        await FinishAllAsync();

        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: 10_002);

        async Task<(long, long)> QueuedAndWaitingAsync()
        {
            var counts = await Store.CountAsync(CancellationToken.None);
            return (counts[JobState.Queued], counts[JobState.Waiting]);
        }
    }

    async Task<FlowPlan> AcceptAsync(Flow flow, Action<FlowOptions>? options = null)
    {
        var plan = FlowPlans.Plan(flow, options);
        Assert.Equal(FlowAcceptance.Accepted, (await Store.AcceptFlowAsync(plan, CancellationToken.None)).Acceptance);
        return plan;
    }

    async Task<FlowRecord> FindFlowAsync(FlowPlan plan)
    {
        var flow = await Store.FindFlowAsync(plan.Id, CancellationToken.None);
        Assert.NotNull(flow);
        return flow;
    }

    async Task AssertFlowAsync(FlowPlan plan, FlowState state, int succeeded = 0)
    {
        var flow = await FindFlowAsync(plan);
        Assert.Equal((state, succeeded, 0, 0), (flow.State, flow.Succeeded, flow.Failed, flow.Cancelled));
        Assert.Equal(state is not (FlowState.Running or FlowState.Stopping), flow.IsFinal);
    }

    Task<IReadOnlyList<FlowResult>> ResultsAsync(FlowPlan plan, int gate, int count = 500) => Store.ReadFlowResultsAsync(plan.Id, gate, 0, count, CancellationToken.None);

    async Task FinishKeyAsync(string key, ClaimedJob job)
    {
        Assert.Equal(key, FlowPlans.KeyOf(job.Envelope));
        Assert.True(await FinishAsync(job, OutcomeKind.Succeeded, result: key));
    }

    async Task FinishAllAsync(string worker = "w1")
    {
        while (await ClaimAsync(worker, count: 256) is { Count: > 0 } jobs)
            Assert.All(await Store.FinishAsync(worker, [.. jobs.Select(job => Success(job, "r"))], CancellationToken.None), Assert.True);
    }

    async Task EndAsync(ClaimedJob job, JobState end)
    {
        switch (end)
        {
            case JobState.Failed:
                await FinishAsync(job, OutcomeKind.Failed, error: "no");
                break;
            case JobState.Cancelled:
                await Store.CancelAsync(job.Envelope.Id, CancellationToken.None);
                await FinishAsync(job, OutcomeKind.Retry, error: "no");
                break;
            default:
                await AdvanceAsync(Moment);
                await Store.ReapAsync(Moment / 2, quarantineAfter: 1, CancellationToken.None);
                break;
        }
    }

    static JobOutcome Success(ClaimedJob job, string result) => new(job, OutcomeKind.Succeeded, JsonSerializer.SerializeToElement(result));
}
