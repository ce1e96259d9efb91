using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Limits by name, and gates of every kind: never exceeded, nobody forgotten, and no lane held up.</summary>
public abstract partial class JobStoreTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gate_WhenAClaimFindsTheExpiryOfTheNextOver_GoesToTheOneAfterIt(bool serial)
    {
        await RegisterAsync();
        await SetLimitAsync("mail", new LimitRule(Running: 1));
        var first = await RunningAsync(Guarded());
        var late = await EnqueueAsync(Guarded() with { ExpiresAt = Now + Moment });
        var last = await EnqueueAsync(Guarded());
        Assert.Empty(await ClaimAsync());
        await AdvanceAsync(Moment * 1.2);
        await FinishAsync(first, OutcomeKind.Succeeded);

        // Nobody reaps in between. The claim that finds it over may come back with nothing.
        var next = await ClaimAsync();
        await EventuallyExpiredAsync(late.Id);
        if (next.Count == 0)
            next = await ClaimAsync();

        Assert.Equal([last.Id], Ids(next));

        JobEnvelope Guarded() => serial ? Job() with { SerialKey = "account 7" } : Job() with { Limits = ["mail"] };
    }

    [Fact]
    public async Task Limit_LetsSoManyRun_OverAllWorkers()
    {
        await RegisterAsync();
        await RegisterAsync("w2");
        await SetLimitAsync("mail", new LimitRule(Running: 2));
        await EnqueueLimitedAsync(5);

        var first = await ClaimAsync(count: 1);
        var second = await ClaimAsync("w2");
        Assert.Equal((1, 1), (first.Count, second.Count));
        Assert.Empty(await ClaimAsync());
        Assert.Equal([new LimitRecord("mail", new LimitRule(Running: 2), null, 2, 3)], await Store.ListLimitsAsync(CancellationToken.None));
        Assert.Contains("the limit 'mail'", (await Store.ListAsync(new JobQuery(JobState.Queued), CancellationToken.None)).Jobs[0].HeldBack, StringComparison.Ordinal);

        await FinishAsync(second[0], OutcomeKind.Succeeded, worker: "w2");

        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Claim_TurnsAwayABoundedNumberInOneCall_AndComesBackForTheRest()
    {
        await RegisterAsync();
        await SetLimitAsync("mail", new LimitRule(Running: 0));
        await EnqueueLimitedAsync(1_500);
        await EnqueueAsync(Job());

        var reply = await ClaimReplyAsync(count: 256);

        Assert.Empty(reply.Jobs);
        Assert.Equal(TimeSpan.Zero, reply.NextDue);
        Assert.InRange(Assert.Single(await Store.ListLimitsAsync(CancellationToken.None)).Waiting, 256, 1_000);
        while (reply is { Jobs.Count: 0, NextDue: { } rest } && rest == TimeSpan.Zero)
            reply = await ClaimReplyAsync(count: 256);
        Assert.Single(reply.Jobs);
    }

    [Fact]
    public async Task Limit_ChangedWhileJobsRun_HoldsAtOnce()
    {
        await RegisterAsync();
        await SetLimitAsync("mail", new LimitRule(Running: 1));
        await EnqueueLimitedAsync(6);
        var running = (await ClaimAsync()).ToList();
        Assert.Single(running);

        await SetLimitAsync("mail", new LimitRule(Running: 3));
        running.AddRange(await ClaimAsync());
        Assert.Equal(3, running.Count);

        await SetLimitAsync("mail", new LimitRule(Running: 0));
        foreach (var job in running)
            await FinishAsync(job, OutcomeKind.Succeeded);
        Assert.Empty(await ClaimAsync());

        await SetLimitAsync("mail", null);
        Assert.Equal(3, (await ClaimAsync()).Count);
        Assert.Empty(await Store.ListLimitsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Limit_AnOperatorsRule_GoesBeforeTheDeclaredOne()
    {
        await DeclareAsync("w1", new LimitRule(Running: 4));
        await SetLimitAsync("mail", new LimitRule(Starts: 2, Per: TimeSpan.FromSeconds(3)));
        await DeclareAsync("w2", new LimitRule(Running: 5));

        var limit = Assert.Single(await Store.ListLimitsAsync(CancellationToken.None));
        Assert.Equal((new LimitRule(Starts: 2, Per: TimeSpan.FromSeconds(3)), new LimitRule(Running: 5)), (limit.Rule, limit.Declared));
        await SetLimitAsync("mail", null);

        Assert.Equal(new LimitRule(Running: 5), Assert.Single(await Store.ListLimitsAsync(CancellationToken.None)).Rule);
    }

    [Fact]
    public async Task Limit_Declared_IsInForceFromTheFirstBeatOn_WhileAWorkerDeclaresIt()
    {
        await DeclareAsync("w1", new LimitRule(Running: 1));
        await DeclareAsync("w2", new LimitRule(Running: 1));
        await RegisterAsync("w3");
        await EnqueueLimitedAsync(3);
        Assert.Single(await ClaimAsync("w3"));
        Assert.Empty(await ClaimAsync("w3"));

        await Store.LeaveAsync("w1", CancellationToken.None);
        await Store.PruneAsync(100, CancellationToken.None);
        Assert.Equal(new LimitRule(Running: 1), Assert.Single(await Store.ListLimitsAsync(CancellationToken.None)).Declared);
        Assert.Empty(await ClaimAsync("w3"));

        await Store.LeaveAsync("w2", CancellationToken.None);
        await Store.PruneAsync(100, CancellationToken.None);
        Assert.Empty(await Store.ListLimitsAsync(CancellationToken.None));
        Assert.Equal(2, (await ClaimAsync("w3")).Count);
    }

    [Fact]
    public async Task Limit_DeclaredBeforeARestart_AndNoMoreAfterIt_IsOutOfForceAtOnce()
    {
        await DeclareAsync("before", new LimitRule(Running: 0));
        await SetLimitAsync("kept", new LimitRule(Running: 1));
        await EnqueueLimitedAsync(2);
        Assert.Empty(await ClaimAsync("before"));
        await Store.LeaveAsync("before", CancellationToken.None);

        await RegisterAsync("after");

        Assert.Equal("kept", Assert.Single(await Store.ListLimitsAsync(CancellationToken.None)).Name);
        Assert.Equal(2, (await ClaimAsync("after")).Count);
    }

    [Fact]
    public async Task Limit_OfStarts_WithALongerPeriod_RemembersTheStartsOfTheShorterOne()
    {
        await RegisterAsync();
        var period = TimeSpan.FromMinutes(1);
        await SetLimitAsync("mail", new LimitRule(Starts: 1, Per: period));
        await EnqueueLimitedAsync(2);
        Assert.Single(await ClaimAsync());

        await SetLimitAsync("mail", new LimitRule(Starts: 1, Per: TimeSpan.FromHours(1)));
        await AdvanceAsync(period * 1.5);

        // Neither the one that waits nor one that comes now.
        await EnqueueLimitedAsync(1);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Limit_OfStarts_LetsSoManyStartInAnyPeriod_AndTheRestLater()
    {
        var period = TimeSpan.FromMinutes(1);
        await RegisterAsync();
        await SetLimitAsync("mail", new LimitRule(Starts: 2, Per: period));
        await EnqueueLimitedAsync(5);

        var reply = await ClaimReplyAsync();
        Assert.Equal(2, reply.Jobs.Count);
        Assert.InRange(reply.NextDue!.Value, TimeSpan.FromMilliseconds(1), period);
        // An end makes no room: starts are what counts.
        foreach (var job in reply.Jobs)
            await FinishAsync(job, OutcomeKind.Succeeded);
        Assert.Empty(await ClaimAsync());

        await AdvanceAsync(period + TimeSpan.FromMilliseconds(10));
        Assert.Equal(2, (await ClaimAsync()).Count);
        await AdvanceAsync(period + TimeSpan.FromMilliseconds(10));
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Limits_Several_AreAllKept_AndNoneIsHeldForNothing()
    {
        await RegisterAsync();
        await SetLimitAsync("wide", new LimitRule(Running: 2));
        await SetLimitAsync("narrow", new LimitRule(Running: 1));
        await EnqueueManyAsync(
            Job(number: 1) with { Limits = ["wide", "narrow"] }, Job(number: 2) with { Limits = ["wide", "narrow"] }, Job(number: 3) with { Limits = ["wide"] },
            Job(number: 4) with { Limits = ["wide"] });

        var running = await ClaimAsync();
        Assert.Equal([1, 3], running.Select(Number));

        // The place at the wide one goes to the second first; the narrow one is still shut for it, so the fourth gets it.
        await FinishAsync(running[1], OutcomeKind.Succeeded);
        Assert.Equal([4], (await ClaimAsync()).Select(Number));
        await FinishAsync(running[0], OutcomeKind.Succeeded);
        Assert.Equal([2], (await ClaimAsync()).Select(Number));
    }

    [Fact]
    public async Task Limits_WhenOneLetBackIsTurnedAwayElsewhere_ItsPlaceGoesToTheNext()
    {
        await RegisterAsync();
        await SetLimitAsync("wide", new LimitRule(Running: 1));
        await SetLimitAsync("narrow", new LimitRule(Running: 1));
        await EnqueueManyAsync(
            Job(number: 1) with { Limits = ["narrow"] }, Job(number: 2) with { Limits = ["wide"] }, Job(number: 3) with { Limits = ["wide", "narrow"] },
            Job(number: 4) with { Limits = ["wide"] });
        var running = await ClaimAsync();
        Assert.Equal([1, 2], running.Select(Number));

        await FinishAsync(running[1], OutcomeKind.Succeeded);

        // With this claim, or with the one that it wakes its worker for.
        ClaimedJob[] next = [.. await ClaimAsync(), .. await ClaimAsync()];
        Assert.Equal([4], next.Select(Number));
    }

    [Fact]
    public async Task Gates_UnderRandomCommands_AreNeverExceeded_AndEveryJobEnds()
    {
        const int Seed = 20_261_122;
        var random = new Random(Seed);
        await SetLimitAsync("three", new LimitRule(Running: 3));
        JobEnvelope[] jobs =
        [
            .. Enumerable.Range(0, 60).Select(number => Job(number: number, priority: (JobPriority)random.Next(4)) with
            {
                SerialKey = random.Next(2) == 0 ? $"k{random.Next(4)}" : null, Limits = random.Next(3) == 0 ? [] : ["three"],
            }),
        ];
        await EnqueueManyAsync(jobs);
        Dictionary<string, List<ClaimedJob>> running = [];
        var (workers, ended) = (0, new HashSet<JobId>());
        for (var turn = 0; turn < 2_000 && ended.Count < jobs.Length; turn++)
        {
            while (running.Count < 3)
            {
                running.Add(await RegisterAsync($"w{++workers}"), []);
            }

            var (worker, held) = running.ElementAt(random.Next(running.Count));
            switch (random.Next(12))
            {
                case 0:
                    await Store.LeaveAsync(worker, CancellationToken.None);
                    running.Remove(worker);
                    break;
                case 1:
                    var cancelled = jobs[random.Next(jobs.Length)].Id;
                    if (random.Next(8) == 0 && await Store.CancelAsync(cancelled, CancellationToken.None) == CancelReply.Cancelled)
                        ended.Add(cancelled);
                    break;
                case < 6 when held.Count > 0:
                    var job = held[random.Next(held.Count)];
                    var kind = (OutcomeKind)random.Next(7);
                    Assert.True(await FinishAsync(job, kind == OutcomeKind.Parked ? OutcomeKind.Released : kind, worker));
                    held.Remove(job);
                    break;
                default:
                    held.AddRange(await ClaimAsync(worker, count: random.Next(1, 6)));
                    break;
            }

            var all = running.Values.SelectMany(one => one).ToList();
            Assert.True(all.Count(one => one.Envelope.Limits.Count > 0) <= 3, $"Seed {Seed}, turn {turn}: the limit is exceeded.");
            var keys = all.Select(one => one.Envelope.SerialKey).OfType<string>().ToList();
            Assert.Equal(keys.Distinct(), keys);
            if (turn % 20 != 0)
                continue;
            foreach (var one in jobs)
            {
                if ((await FindAsync(one.Id)).IsFinal)
                    ended.Add(one.Id);
            }
        }

        // Nobody was forgotten: what is left runs to its end when it is let.
        foreach (var worker in running.Keys)
            await Store.LeaveAsync(worker, CancellationToken.None);
        await RegisterAsync("last");
        for (var empty = 0; empty < 3;)
        {
            var rest = await ClaimAsync("last");
            empty = rest.Count == 0 ? empty + 1 : 0;
            foreach (var job in rest)
                await FinishAsync(job, OutcomeKind.Succeeded, "last");
        }

        foreach (var job in jobs)
            Assert.True((await FindAsync(job.Id)).IsFinal, $"Seed {Seed}: {await FindAsync(job.Id)}");
        Assert.All(await Store.ListLimitsAsync(CancellationToken.None), limit => Assert.Equal((0, 0), (limit.Running, limit.Waiting)));
    }

    async Task DeclareAsync(string worker, LimitRule mail)
    {
        var beat = new WorkerBeat(worker, "host", 1, "1.0", 4, 1, ["default"], ["test.one"], Now, IsFirst: true)
        {
            Limits = new Dictionary<string, LimitRule>(StringComparer.Ordinal) { ["mail"] = mail },
        };
        Assert.True((await Store.BeatAsync(beat, CancellationToken.None)).IsKnown);
    }

    Task SetLimitAsync(string name, LimitRule? rule) => Store.SetLimitAsync(name, rule, CancellationToken.None);


    async Task EnqueueLimitedAsync(int count) =>
        await EnqueueManyAsync([.. Enumerable.Range(1, count).Select(number => Job(number: number) with { Limits = ["mail"] })]);

    // Ends the job given, then each that can be claimed then.
    async Task<List<JobId>> RunOneAfterTheOtherAsync(JobId first)
    {
        List<JobId> order = [];
        var job = new ClaimedJob((await FindAsync(first)).Envelope, await StampAsync(first), 1, 0, CancelRequested: false);
        while (true)
        {
            Assert.True(await FinishAsync(job, OutcomeKind.Succeeded));
            var next = await ClaimAsync();
            if (next.Count == 0)
                return order;
            job = Assert.Single(next);
            order.Add(job.Envelope.Id);
        }
    }

    async Task<long> StampAsync(JobId id) => (await BeatAsync()).Owned.Single(claim => claim.Id == id).Stamp;

    static int Number(ClaimedJob job) => job.Envelope.Args.GetProperty("number").GetInt32();
}
