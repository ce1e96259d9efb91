using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Row 13 for many jobs, and discarding.</summary>
public abstract partial class JobStoreTests
{
    [Theory]
    [InlineData("HAT ärger", 1)]
    [InlineData("hat Ärger", 0)]
    public async Task Sweep_ByAPartOfTheError_IgnoresTheCaseOfPlainLettersOnly(string part, int matched)
    {
        await RegisterAsync();
        await FinishAsync(await RunningAsync(), OutcomeKind.Failed, error: "It hat ärger.");

        Assert.Equal((matched, 0, 0), await SweepAsync(DeadAction.Count, new DeadFilter { Error = part }));
    }

    [Fact]
    public async Task SweepDead_ReplaysWhatMatches_AndOnlyThat()
    {
        await RegisterAsync();
        var ours = await DeadAsync(Job(name: "test.two"), "IOException: The DISK is full");
        await DeadAsync(Job(name: "test.one"), "IOException: The disk is full");
        await DeadAsync(Job(name: "test.two"), "other");
        await DeadAsync(Job(name: "test.two", queue: "other"), "the disk", queue: "other");

        var filter = new DeadFilter { Name = "test.two", Queue = "default", Error = "disk is", Owner = "ana" };
        Assert.Equal((1, 0, 0), await SweepAsync(DeadAction.Count, filter));
        Assert.Equal((1, 1, 0), await SweepAsync(DeadAction.Retry, filter));
        Assert.Equal((0, 0, 0), await SweepAsync(DeadAction.Retry, filter));

        Assert.Equal(ours.Id, (await ClaimOneAsync()).Envelope.Id);
        Assert.Equal(3, (await Store.CountAsync(CancellationToken.None))[JobState.Failed]);
    }

    [Fact]
    public async Task SweepDead_ByTime_TakesWhatEndedInIt()
    {
        await RegisterAsync();
        await DeadAsync(Job());
        await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        var from = Now;
        var job = await DeadAsync(Job());
        await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        var to = Now;
        await DeadAsync(Job());

        Assert.Equal((2, 0, 0), await SweepAsync(DeadAction.Count, new DeadFilter { From = from }));
        Assert.Equal((1, 1, 0), await SweepAsync(DeadAction.Retry, new DeadFilter { From = from }, before: to));
        await AssertStateAsync(JobState.Queued, job.Id);
    }

    [Fact]
    public async Task SweepDead_OverManyOfOneMoment_PassesEachOnce()
    {
        await RegisterAsync();
        await EnqueueManyAsync([.. Enumerable.Range(0, 50).Select(number => Job(name: number % 5 == 0 ? "test.two" : "test.one"))]);
        var jobs = await ClaimAsync(count: 50);
        await Store.FinishAsync("w1", [.. jobs.Select(job => new JobOutcome(job, OutcomeKind.Failed, Error: "no"))], CancellationToken.None);

        Assert.Equal((50, 0, 0), await SweepAsync(DeadAction.Count, new DeadFilter(), most: 7));
        Assert.Equal((10, 10, 0), await SweepAsync(DeadAction.Retry, new DeadFilter { Name = "test.two" }, most: 7));
        Assert.Equal((40, 40, 0), await SweepAsync(DeadAction.Discard, new DeadFilter(), most: 7));
        Assert.Equal(10, (await ClaimAsync(count: 50)).Count);
    }

    [Fact]
    public async Task SweepDead_Throttled_SpreadsTheDueTimesForGood()
    {
        await RegisterAsync();
        for (var i = 0; i < 3; i++)
            await DeadAsync(Job());
        var first = DateTimeOffset.FromUnixTimeMilliseconds(Now.ToUnixTimeMilliseconds()) + TimeSpan.FromMinutes(1);

        Assert.Equal((3, 3, 0), await SweepAsync(DeadAction.Retry, new DeadFilter(), first: first, spacing: TimeSpan.FromSeconds(2)));
        await ReopenAsync();

        var scheduled = (await Store.ListAsync(new JobQuery(JobState.Scheduled), CancellationToken.None)).Jobs;
        Assert.Equal([0d, 2, 4], scheduled.Select(job => (job.DueAt!.Value - first).TotalSeconds));
        Assert.All(scheduled, job => Assert.Equal(0, job.Attempt));
    }

    [Fact]
    public async Task SweepDead_WhereAUniqueKeyIsTaken_CountsARefusal()
    {
        await RegisterAsync();
        await DeadAsync(Job(unique: "k"));
        await EnqueueAsync(Job(unique: "k"));

        Assert.Equal((1, 0, 1), await SweepAsync(DeadAction.Retry, new DeadFilter()));
    }

    [Fact]
    public async Task SweepDead_WhereTheFirstTakesItsFlowUp_CountsTheOthersOfTheFlow()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(FlowPlans.Group(2));
        foreach (var job in await ClaimAsync())
            await FinishAsync(job, OutcomeKind.Failed, error: "no");

        Assert.Equal((2, 2, 0), await SweepAsync(DeadAction.Retry, new DeadFilter()));

        Assert.Equal(Ids(plan.Jobs).ToHashSet(), Ids(await ClaimAsync()).ToHashSet());
    }

    [Fact]
    public async Task Discard_ForgetsADeadJob_AndNoOther()
    {
        await RegisterAsync();
        var dead = await DeadAsync(Job());
        var live = await EnqueueAsync(Job());

        Assert.Equal(DiscardReply.Discarded, await Store.DiscardAsync(dead.Id, CancellationToken.None));

        Assert.Equal(DiscardReply.Unknown, await Store.DiscardAsync(dead.Id, CancellationToken.None));
        Assert.Equal(DiscardReply.NotDead, await Store.DiscardAsync(live.Id, CancellationToken.None));
        Assert.Equal(0, (await Store.CountAsync(CancellationToken.None))[JobState.Failed]);
        Assert.Empty((await Store.ListAsync(new JobQuery(JobState.Failed), CancellationToken.None)).Jobs);
    }

    [Fact]
    public async Task Discard_OfAJobOfAFlow_IsLeftToTheFlow()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(FlowPlans.Group(1));
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Failed, error: "no");

        Assert.Equal(DiscardReply.PartOfFlow, await Store.DiscardAsync(plan.Jobs[0].Id, CancellationToken.None));
        Assert.Equal((1, 0, 1), await SweepAsync(DeadAction.Discard, new DeadFilter()));
        Assert.Equal((1, 1, 0), await SweepAsync(DeadAction.Retry, new DeadFilter()));
        Assert.Equal(FlowState.Running, (await FindFlowAsync(plan)).State);
    }

    async Task<JobEnvelope> DeadAsync(JobEnvelope job, string error = "no", string queue = "default")
    {
        await EnqueueAsync(job);
        await FinishAsync(Assert.Single(await ClaimAsync(queue: queue)), OutcomeKind.Failed, error: error);
        return job;
    }

    async Task<(int Matched, int Changed, int Refused)> SweepAsync(
        DeadAction action, DeadFilter filter, DateTimeOffset? before = null, int most = 100, DateTimeOffset? first = null, TimeSpan spacing = default)
    {
        var total = (Matched: 0, Changed: 0, Refused: 0);
        DeadPosition? at = null;
        do
        {
            var sweep = new DeadSweep(action, filter, JobState.Failed, before ?? Now.AddMilliseconds(1), at, most) { FirstDue = first, Spacing = spacing };
            var reply = await Store.SweepDeadAsync(sweep, CancellationToken.None);
            total = (total.Matched + reply.Matched, total.Changed + reply.Changed, total.Refused + reply.Refused);
            at = reply.Next;
        }
        while (at is not null);
        return total;
    }
}
