using System.Globalization;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Chaos;

/// <summary>Real worker processes and a real redis-server, killed, frozen, paused and starved. Nothing accepted is lost, each job has one outcome, and only jobs
/// whose worker died run twice.</summary>
public sealed class RedisChaos : IChaosScenarios<RedisChaos>
{
    readonly ChaosStage _stage;
    readonly RedisServer _server;
    readonly RedisJobStore _store;
    readonly ServiceProvider _services;

    // Some run when an outage begins that outlasts their worker's lease.
    const int LongJobs = 12;
    static readonly TimeSpan LongJob = TimeSpan.FromSeconds(15);

    RedisChaos(ChaosStage stage, RedisServer server)
    {
        (_stage, _server) = (stage, server);
        _store = RedisStores.Open(_server, "lp");
        _services = ChaosRules.OpenClient(_store, _stage.History);
    }

    public static IReadOnlyDictionary<string, Func<RedisChaos, Task>> Scenarios { get; } = Collect();

    IJobClient Client => _services.GetRequiredService<IJobClient>();

    public static async Task<RedisChaos> OpenAsync() => new(await ChaosStage.OpenAsync(), await RedisServer.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _services.DisposeAsync();
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    public async Task WorkerKilledIdle()
    {
        var (victim, _) = await StartTwoAsync();
        await _stage.KillAsync(victim);
        await EnqueueAsync(ChaosScale.Jobs(100, 2_000), milliseconds: 5);

        var found = await FindAsync("worker killed: idle");

        found.Check();
        Assert.Equal(0, found.RanAgain);
    }

    public async Task WorkerKilledClaiming()
    {
        var torn = 0;
        for (var round = 0; round < ChaosScale.Jobs(1, 3); round++)
        {
            var (victim, other) = await StartTwoAsync();
            var before = _stage.Runs();
            await EnqueueAsync(ChaosScale.Jobs(4_000, 30_000), milliseconds: 0);
            await ChaosStage.UntilAsync("the victim is claiming", () => _stage.Runs(victim) > 100 || _stage.Runs() - before >= 4_000);
            await _stage.KillAsync(victim);
            torn += await ChaosStage.HasAsync(victim, _store);
            // Not by the handlers' word alone: what the victim ended but never told is still to be recovered.
            await FindAsync("");
            await other.StopAsync();
        }

        (await FindAsync($"worker killed: claiming; it had {torn:N0}")).Check();
        // In the short form the few jobs may all be over before the kill.
        Assert.True(torn > 0 || !ChaosScale.IsFull, "No kill met a worker that had claimed jobs.");
    }

    public async Task WorkerKilledRunning()
    {
        var (victim, _) = await StartTwoAsync();
        var gate = _stage.File("one-is-dead");
        await EnqueueAsync(ChaosScale.Jobs(60, 300), milliseconds: 400, until: gate);
        await ChaosStage.UntilAsync("the victim runs jobs", () => _stage.Runs(victim) >= 10);
        await _stage.KillAsync(victim);
        await File.WriteAllTextAsync(gate, "");

        var found = await FindAsync("worker killed: running");

        found.Check();
        Assert.NotEqual(0, found.RanAgain);
    }

    public async Task WorkerKilledInTheMiddleOfAChord()
    {
        var (victim, _) = await StartTwoAsync();
        var gate = _stage.File("half-is-over");
        _stage.Accepted.AddRange(await ChaosChord.StartAsync(_services.GetRequiredService<IJobFlows>(), gate));
        await ChaosStage.UntilAsync("half of it is over", () => ChaosChord.IsInTheMiddleOf(victim, _stage.Lines));
        await _stage.KillAsync(victim);
        await File.WriteAllTextAsync(gate, "");

        var found = await FindAsync("worker killed in the middle of a chord of 1,000");

        found.Check();
        Assert.NotEqual(0, found.RanAgain);
        ChaosChord.AssertCalledBackOnce(_stage.Lines);
    }

    // With the grace it has by default, which its jobs outlast.
    public async Task WorkerToldToStop()
    {
        var victim = await _stage.StartAsync(Option);
        await EnqueueAsync(16, milliseconds: 40_000);
        await ChaosStage.UntilAsync("the victim runs them all", () => _stage.Runs(victim) >= 16);
        await _stage.StartAsync(Option);
        await Eventually.HoldsAsync("both workers are known", async () => (await _store.ListWorkersAsync(CancellationToken.None)).Count >= 2);
        _stage.MayRunAgain(victim);
        await victim.StopAsync();

        var found = await FindAsync("worker told to stop (SIGTERM) while it runs jobs of 40 s");

        (found with { RecoverWithin = ChaosScale.HandBack }).Check();
        Assert.Equal(16, found.RanAgain);
        foreach (var id in _stage.Accepted)
            Assert.Equal(0, (await _store.FindAsync(id, CancellationToken.None))!.Crashes);
    }

    public async Task WorkerKilledFinishing()
    {
        var (victim, _) = await StartTwoAsync();
        var gate = _stage.File("writes-stay-under-way");
        await EnqueueAsync(32, milliseconds: 0, until: gate);
        await ChaosStage.UntilAsync("all slots are taken", () => _stage.Runs() >= 32);
        // What it writes from now on stays under way until it is dead.
        var gone = ChaosStage.Now;
        await _server.CommandAsync("CLIENT", "PAUSE", "60000", "WRITE");
        await File.WriteAllTextAsync(gate, "");
        await ChaosStage.UntilAsync("the victim's handlers return", () => _stage.Lines.Exists(line => line.What == ChaosLine.End && line.Pid == victim.Id));
        await _stage.KillAsync(victim);
        await _server.CommandAsync("CLIENT", "UNPAUSE");
        _stage.WasAway(gone, ChaosStage.Now);

        var found = await FindAsync("worker killed: finishing");
        var torn = _stage.EndedInVain(victim);
        (found with { What = $"{found.What}; {torn:N0} had ended there" }).Check();
        Assert.NotEqual(0, torn);
    }

    public async Task WorkerFrozenPastItsLease()
    {
        var (victim, _) = await StartTwoAsync();
        var frozen = _stage.File("one-is-frozen");
        await EnqueueAsync(60, milliseconds: 700, until: frozen);
        await ChaosStage.UntilAsync("the victim runs jobs", () => _stage.Runs(victim) >= 5);
        _stage.MayRunAgain(victim);
        await victim.FreezeAsync();
        await File.WriteAllTextAsync(frozen, "");
        await ChaosStage.UntilAsync(
            "the other has run them all", () => _stage.Ended == _stage.Accepted.Count);
        _stage.IsBack(victim);
        await victim.ThawAsync();
        var found = await FindAsync("worker frozen past its lease, thawed");
        found.Check();
        Assert.NotEqual(0, found.RanAgain);

        // It comes back as another worker run and takes jobs again, of which the other has slots for a few only.
        var (before, back) = (_stage.Runs(victim), _stage.File("it-works-again"));
        await EnqueueAsync(200, milliseconds: 100, until: back);
        await ChaosStage.UntilAsync("the thawed worker works again", () => _stage.Runs(victim) > before);
        await File.WriteAllTextAsync(back, "");
        (await FindAsync("the same worker, at work again")).AssertPromises();
    }

    public Task WorkerKilledUnderRules() => Rules.KilledUnderRulesAsync();

    public Task WorkerKilledAmongCancels() => Rules.KilledAmongCancelsAsync();

    /// <summary>Old workers lack a version of one job and another job altogether; each is told to stop and replaced by one that knows both, under load.</summary>
    public async Task WorkersReplacedOneByOne()
    {
        var old = await Task.WhenAll(_stage.StartAsync(Option, "release=1"), _stage.StartAsync(Option, "release=1"));
        await using var former = ChaosRules.OpenClient(_store, _stage.History, services => services.AddChaosRelease(1));
        await using var later = ChaosRules.OpenClient(_store, _stage.History, services => services.AddChaosRelease(2));
        var (before, after) = (former.GetRequiredService<IJobClient>(), later.GetRequiredService<IJobClient>());
        List<JobHandle> unknown = [await after.EnqueueAsync(new GreetingAfter("Ada", "Lovelace")), await after.EnqueueAsync(new ChaosNews())];
        foreach (var handle in unknown)
            await Eventually.HoldsAsync("an old worker met what it does not know", async () => (await handle.FindAsync())!.HeldBack?.StartsWith("No live worker knows", StringComparison.Ordinal) == true);
        using var stop = new CancellationTokenSource();
        var load = (Work: EnqueueUntilAsync(stop.Token), Greetings: GreetUntilAsync(before, after, stop.Token));
        foreach (var worker in old)
        {
            var runs = _stage.Runs(worker);
            await ChaosStage.UntilAsync("it is at work", () => _stage.Runs(worker) > runs + 20);
            await worker.StopAsync();
            await _stage.StartAsync(Option, "release=2");
        }

        await stop.CancelAsync();
        await load.Work;
        _stage.Accepted.AddRange([.. unknown.Select(handle => handle.Id), .. await load.Greetings]);
        var found = await FindAsync("two workers told to stop (SIGTERM), each replaced by one that knows more, under load");

        found.Check();
        Assert.Equal(0, found.RanAgain);
        foreach (var id in _stage.Accepted)
            Assert.Equal((0, null), await _store.FindAsync(id, CancellationToken.None) is { } record ? (record.Crashes, record.Error) : default);
    }

    public async Task ServerKilledAndStartedAgain(TimeSpan outage)
    {
        await StartTwoAsync();
        await EnqueueLongJobsAsync(outage);
        using var stop = new CancellationTokenSource();
        var enqueuing = EnqueueUntilAsync(stop.Token);
        await ChaosStage.UntilAsync("jobs run", () => _stage.Runs() > 100);
        var gone = ChaosStage.Now;
        await _server.KillAsync();
        await Task.Delay(outage, TimeProvider.System);
        await _server.StartAsync();
        var back = ChaosStage.Now;
        var resumed = await _stage.NextRunsAsync(back);
        await stop.CancelAsync();
        await enqueuing;

        await CheckAsync($"redis-server killed (AOF), started again{(ChaosScale.OutlastsLease(outage) ? $" after {outage.TotalSeconds:N0} s" : "")}, under load", outage, (gone, back), resumed);
    }

    public async Task ServerDisturbed(string what, TimeSpan pause, params string[] command)
    {
        await StartTwoAsync();
        await EnqueueLongJobsAsync(pause);
        using var stop = new CancellationTokenSource();
        var enqueuing = EnqueueUntilAsync(stop.Token);
        await ChaosStage.UntilAsync("jobs run", () => _stage.Runs() > 100);
        var worst = TimeSpan.Zero;
        var (gone, back) = (0L, 0L);
        for (var i = 0; i < (pause > TimeSpan.Zero ? 1 : 5); i++)
        {
            gone = ChaosStage.Now;
            await _server.CommandAsync(command);
            back = ChaosStage.Now + (long)pause.TotalMilliseconds;
            var next = await _stage.NextRunsAsync(back);
            worst = next > worst ? next : worst;
        }

        await stop.CancelAsync();
        await enqueuing;
        await CheckAsync(what, pause, (gone, back), worst);
    }

    Task PausedAsync(string what, TimeSpan pause) => ServerDisturbed(what, pause, "CLIENT", "PAUSE", Milliseconds(pause).ToString(CultureInfo.InvariantCulture), "ALL");

    public async Task ServerOutOfMemory()
    {
        await StartTwoAsync();
        await EnqueueAsync(ChaosScale.Jobs(300, 3_000), milliseconds: 10);
        await ChaosStage.UntilAsync("jobs run", () => _stage.Runs() > 20);
        await _server.CommandAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await _server.CommandAsync("CONFIG", "SET", "maxmemory", "1mb");
        // On a busy machine it may say at first that no answer came.
        await ChaosStage.UntilAsync(
            "new jobs are refused for want of memory",
            async () => (await Assert.ThrowsAnyAsync<JobStoreUnavailableException>(() => Client.EnqueueManyAsync([new ChaosWork(-1, 0)]))).Message.Contains("maxmemory", StringComparison.Ordinal));
        await ChaosStage.UntilAsync(
            "what is there ends without memory", () => _stage.Ended == _stage.Accepted.Count);
        await _server.CommandAsync("CONFIG", "SET", "maxmemory", "0");
        var back = ChaosStage.Now;
        using var stop = new CancellationTokenSource();
        var enqueuing = EnqueueUntilAsync(stop.Token);
        var resumed = await _stage.NextRunsAsync(back);
        await stop.CancelAsync();
        await enqueuing;

        (await FindAsync("Redis out of memory (noeviction)", resumed)).Check();
    }

    Task<ChaosFindings> FindAsync(string what, TimeSpan? resumed = null) => _stage.FindAsync(what, "Redis", _store, UntilToldAsync, resumed);

    async Task CheckAsync(string what, TimeSpan outage, (long Gone, long Back) store, TimeSpan resumed)
    {
        _stage.WasAway(store.Gone, store.Back);
        var found = await FindAsync(what, resumed);
        found.Check();
        // Their handlers were told to stop when the lease ended.
        Assert.True(!ChaosScale.OutlastsLease(outage) || found.RanAgain >= LongJobs, $"{found.RanAgain} jobs ran again after every lease had ended; expected at least {LongJobs}.");
    }

    async Task EnqueueLongJobsAsync(TimeSpan outage)
    {
        if (!ChaosScale.OutlastsLease(outage))
            return;
        await EnqueueAsync(LongJobs, Milliseconds(LongJob));
        await ChaosStage.UntilAsync("the long jobs run", () => _stage.Runs() >= LongJobs);
    }

    ChaosRules Rules => new(_stage, _store, "Redis", Option) { UntilTold = _ => UntilToldAsync(), HasOther = true };

    string Option => $"redis={_server.Address}";

    static async Task<List<JobId>> GreetUntilAsync(IJobClient before, IJobClient after, CancellationToken stop)
    {
        List<JobId> accepted = [];
        while (!stop.IsCancellationRequested)
        {
            JobHandle[] handles =
                [await before.EnqueueAsync(new GreetingBefore("Ada Lovelace"), cancellationToken: CancellationToken.None), await after.EnqueueAsync(new GreetingAfter("Ada", "Lovelace"), cancellationToken: CancellationToken.None), await after.EnqueueAsync(new ChaosNews(), cancellationToken: CancellationToken.None)];
            accepted.AddRange(handles.Select(handle => handle.Id));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        return accepted;
    }

    static int Milliseconds(TimeSpan time) => (int)time.TotalMilliseconds;

    Task UntilToldAsync() => Eventually.HoldsAsync(
        "all that ended is in the history", async () => await _server.CommandAsync("XLEN", "{lp}:outcomes") == ":0\r\n", TimeSpan.FromMinutes(3));

    async Task<(ChaosProcess One, ChaosProcess Other)> StartTwoAsync()
    {
        var both = await Task.WhenAll(_stage.StartAsync(Option), _stage.StartAsync(Option));
        await Eventually.HoldsAsync("both workers are known", async () => (await _store.ListWorkersAsync(CancellationToken.None)).Count >= 2);
        return (both[0], both[1]);
    }

    async Task EnqueueAsync(int count, int milliseconds, string? until = null)
    {
        var first = _stage.Accepted.Count;
        var handles = await Client.EnqueueManyAsync(Enumerable.Range(first, count).Select(number => new ChaosWork(number, milliseconds, until)));
        _stage.Accepted.AddRange(handles.Select(handle => handle.Id));
    }

    // As an outbox does: the same job again until the store has said yes.
    async Task EnqueueUntilAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            _stage.Own.Write(ChaosLine.Prepared, _stage.Accepted.Count);
            var job = Client.Prepare(new ChaosWork(_stage.Accepted.Count, 5));
            while (true)
            {
                try
                {
                    await Client.SubmitAsync([job], CancellationToken.None);
                    _stage.Accepted.Add(job.Id);
                    break;
                }
                catch (JobStoreUnavailableException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, CancellationToken.None);
        }
    }

    static Dictionary<string, Func<RedisChaos, Task>> Collect()
    {
        var all = new Dictionary<string, Func<RedisChaos, Task>>(StringComparer.Ordinal)
        {
            [nameof(WorkerKilledIdle)] = chaos => chaos.WorkerKilledIdle(),
            [nameof(WorkerKilledClaiming)] = chaos => chaos.WorkerKilledClaiming(),
            [nameof(WorkerKilledRunning)] = chaos => chaos.WorkerKilledRunning(),
            [nameof(WorkerKilledInTheMiddleOfAChord)] = chaos => chaos.WorkerKilledInTheMiddleOfAChord(),
            [nameof(WorkerKilledFinishing)] = chaos => chaos.WorkerKilledFinishing(),
            [nameof(WorkerKilledUnderRules)] = chaos => chaos.WorkerKilledUnderRules(),
            [nameof(WorkerKilledAmongCancels)] = chaos => chaos.WorkerKilledAmongCancels(),
            [nameof(WorkerFrozenPastItsLease)] = chaos => chaos.WorkerFrozenPastItsLease(),
            [nameof(WorkersReplacedOneByOne)] = chaos => chaos.WorkersReplacedOneByOne(),
            [nameof(ServerKilledAndStartedAgain)] = chaos => chaos.ServerKilledAndStartedAgain(ChaosScale.Outage),
            ["CLIENT PAUSE"] = chaos => chaos.PausedAsync("CLIENT PAUSE", ChaosScale.Outage),
            ["CLIENT KILL, five times"] = chaos => chaos.ServerDisturbed("CLIENT KILL, five times", TimeSpan.Zero, "CLIENT", "KILL", "TYPE", "normal"),
            ["CLIENT KILL of subscribers, five times"] = chaos => chaos.ServerDisturbed("CLIENT KILL of subscribers, five times", TimeSpan.Zero, "CLIENT", "KILL", "TYPE", "pubsub"),
            ["SCRIPT FLUSH, five times"] = chaos => chaos.ServerDisturbed("SCRIPT FLUSH, five times", TimeSpan.Zero, "SCRIPT", "FLUSH"),
            [nameof(ServerOutOfMemory)] = chaos => chaos.ServerOutOfMemory(),
        };
        if (ChaosScale.IsFull)
        {
            all[nameof(WorkerToldToStop)] = chaos => chaos.WorkerToldToStop();
            all[$"{nameof(ServerKilledAndStartedAgain)}, after 20 s"] = chaos => chaos.ServerKilledAndStartedAgain(TimeSpan.FromSeconds(20));
            all["CLIENT PAUSE, 10 s"] = chaos => chaos.PausedAsync("CLIENT PAUSE, 10 s", TimeSpan.FromSeconds(10));
        }

        return all;
    }
}
