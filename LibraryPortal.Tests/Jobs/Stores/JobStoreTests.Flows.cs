using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Rows 14 to 16: flows. What runs when, what each end of a job means for the rest, and that nothing happens twice.</summary>
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
    public async Task Flows_WhoseTimeIsOver_AreForgottenAsLongAsThereAreAny()
    {
        await RegisterAsync();
        for (var flow = 0; flow < 150; flow++)
            await AcceptAsync(FlowPlans.Job("one", options => options.ResultTtl(TimeSpan.FromSeconds(1))));
        await FinishAllAsync();
        await AdvanceAsync(TimeSpan.FromMilliseconds(1_100));

        // As a worker's housekeeping does.
        while (await Store.PruneAsync(100, CancellationToken.None) == 100)
        {
        }

        Assert.Equal(0, (await Store.ListFlowsAsync(new FlowQuery(Ended: true), CancellationToken.None)).Total);
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
