using System.Globalization;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Chaos;

/// <summary>The processes of one scenario, their ledgers, and what was accepted.</summary>
internal sealed class ChaosStage(ChaosHistory history) : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // A run that ended so many ms before its process died was told to the store, however busy the machine: it does not run again.
    const long ToldWithin = 5_000;

    readonly TemporaryFolder _folder = new();
    readonly List<ChaosProcess> _processes = [];
    readonly Dictionary<int, long> _died = [];
    readonly Dictionary<int, long> _back = [];
    readonly HashSet<JobId> _cancelled = [];
    (long From, long To)? _outage;
    ChaosLedger? _own;

    public List<JobId> Accepted { get; } = [];

    /// <summary>Where the processes carry their outcomes.</summary>
    public ChaosHistory History => history;

    public static async Task<ChaosStage> OpenAsync() => new(await ChaosHistory.OpenAsync());

    public string File(string name) => _folder.File(name);

    public async Task<ChaosProcess> StartAsync(params string[] options)
    {
        Directory.CreateDirectory(_folder.File("ledger"));
        var process = await ChaosProcess.StartAsync([$"ledger={_folder.File("ledger")}", history.Option, .. ChaosScale.Worker, .. options]);
        _processes.Add(process);
        return process;
    }

    /// <summary>kill -9, noted: its jobs may run again.</summary>
    public async Task KillAsync(ChaosProcess victim)
    {
        MayRunAgain(victim);
        await victim.KillAsync();
    }

    /// <summary>kill -9 in the middle of a run, once it has begun so many: frozen first, and let go again where none is under way.</summary>
    /// <param name="enqueue">Asked for more jobs whenever all those accepted have ended, as they may before a busy machine has looked.</param>
    public async Task KillInARunAsync(ChaosProcess victim, int after, Func<Task> enqueue)
    {
        await UntilAsync(
            "the victim is in the middle of a run",
            async () =>
            {
                if (Ended == Accepted.Count)
                    await enqueue();
                if (Runs(victim) < after)
                    return false;
                await victim.FreezeAsync();
                if (Runs(victim) > Ends(victim).Count)
                    return true;
                await victim.ThawAsync();
                return false;
            });
        await KillAsync(victim);
    }

    public void MayRunAgain(ChaosProcess victim) => _died[victim.Id] = Now;

    /// <summary>It is about to work again: what it begins from now on runs once, as with any other.</summary>
    public void IsBack(ChaosProcess victim) => _back[victim.Id] = Now;

    /// <summary>These were asked to be cancelled in time, and end so.</summary>
    public void MayBeCancelled(IEnumerable<JobId> jobs) => _cancelled.UnionWith(jobs);

    /// <summary>An outage, as long as it came to be on this machine. Where leases may have ended in it, handlers were told to stop: what had begun and not ended when the store went may
    /// run again.</summary>
    /// <param name="gone">When it began, in ms since 1970.</param>
    /// <param name="back">When it was over, in ms since 1970.</param>
    public void WasAway(long gone, long back)
    {
        if (ChaosScale.MayOutlastLease(TimeSpan.FromMilliseconds(back - gone)))
            _outage = (gone, back);
    }

    public List<ChaosLine> Lines => ChaosLedger.Read(_folder.File("ledger"));

    public bool Has(string what) => Lines.Exists(line => line.What == what);

    public int Runs(ChaosProcess? of = null) => Lines.Count(line => line.What == ChaosLine.Start && (of is null || line.Pid == of.Id));

    /// <summary>How many jobs some handler has ended.</summary>
    public int Ended => Lines.Where(line => line.What == ChaosLine.End).DistinctBy(line => line.Subject).Count();

    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static Task UntilAsync(string what, Func<bool> condition) => Eventually.HoldsAsync(what, condition, Patience);

    public static Task UntilAsync(string what, Func<Task<bool>> condition) => Eventually.HoldsAsync(what, condition, Patience);

    /// <summary>Waits until the store has nothing left to do. What handlers ended is not always told yet.</summary>
    public static Task UntilQuietAsync(IJobStore store) => UntilAsync("every job is over", () => IsQuietAsync(store));

    /// <summary>What the test's own process notes.</summary>
    public ChaosLedger Own
    {
        get
        {
            Directory.CreateDirectory(_folder.File("ledger"));
            return _own ??= new ChaosLedger(_folder.File("ledger"));
        }
    }

    /// <summary>From the store's return until a process has begun a job that was prepared after it: the worst over the processes that live, since one that works hides one that does not.</summary>
    /// <param name="since">When the store is back, in ms since 1970; it may lie ahead.</param>
    public async Task<TimeSpan> NextRunsAsync(long since)
    {
        var next = new Dictionary<int, long>();
        var living = _processes.Select(process => process.Id).Where(id => !_died.ContainsKey(id)).ToList();
        await UntilAsync("each process runs jobs enqueued after that", () =>
        {
            var lines = Lines;
            var fresh = lines.Where(line => line.What == ChaosLine.Prepared && line.At >= since).Select(line => line.Subject).ToHashSet();
            foreach (var line in lines.Where(line => line.What == ChaosLine.Start && fresh.Contains(line.Subject)).OrderBy(line => line.At))
                next.TryAdd(line.Pid, line.At);
            return living.TrueForAll(next.ContainsKey);
        });
        return TimeSpan.FromMilliseconds(living.Max(id => next[id]) - since);
    }

    /// <summary>Jobs of which the store says that a process has them.</summary>
    public static async Task<int> HasAsync(ChaosProcess process, IJobStore store)
    {
        const int Part = 200;
        var worker = string.Create(CultureInfo.InvariantCulture, $"-{process.Id}-");
        var count = 0;
        for (var offset = 0; ; offset += Part)
        {
            var page = await store.ListAsync(new JobQuery(JobState.Running, offset, Part), CancellationToken.None);
            count += page.Jobs.Count(job => job.Worker?.Contains(worker, StringComparison.Ordinal) ?? false);
            if (page.Jobs.Count < Part)
                return count;
        }
    }

    /// <summary>Jobs whose handlers ended in a process, and which another had to run again.</summary>
    public int EndedInVain(ChaosProcess process)
    {
        var lines = Lines;
        var ended = Ends(process).Select(line => line.Subject).ToHashSet();
        return lines.Where(line => line.What == ChaosLine.Start && line.Pid != process.Id && ended.Contains(line.Subject)).DistinctBy(line => line.Subject).Count();
    }

    /// <summary>How many runs there were at one time at most, of some jobs or of all. A run lasts until it ends, or until its process dies.</summary>
    public int MostAtOnce(Func<string, bool>? of = null)
    {
        var lines = Lines.Where(line => line.What is ChaosLine.Start or ChaosLine.End && (of is null || of(line.Subject))).ToList();
        var starts = lines.Where(line => line.What == ChaosLine.Start).Select(line => (line.At, Change: 1));
        var ends = lines.Where(line => line.What == ChaosLine.End).Select(line => (line.Pid, line.Subject)).ToHashSet();
        var over = lines.Where(line => line.What == ChaosLine.End)
            .Concat(lines.Where(line => line.What == ChaosLine.Start && !ends.Contains((line.Pid, line.Subject))).Select(line => line with { At = Math.Max(line.At + 1, _died[line.Pid]) }))
            .Select(line => (line.At, Change: -1));
        var (now, most) = (0, 0);
        foreach (var (_, change) in starts.Concat(over).OrderBy(moment => moment.At).ThenBy(moment => moment.Change))
            most = Math.Max(most, now += change);
        return most;
    }

    /// <summary>Waits until every job accepted is over, and says what became of all.</summary>
    /// <param name="told">Waits until all that ended is in the history: a second outcome of a job may be the last to come there.</param>
    public async Task<ChaosFindings> FindAsync(string what, string kind, IJobStore store, Func<Task> told, TimeSpan? resumed = null)
    {
        await UntilQuietAsync(store);
        await told();
        var entries = await history.CountAsync();
        var (lost, cancelled) = (0, 0);
        foreach (var id in Accepted)
        {
            var record = await store.FindAsync(id, CancellationToken.None);
            if (_cancelled.Contains(id) && record is { State: JobState.Cancelled })
                cancelled++;
            else
                lost += record is { State: JobState.Succeeded, Attempt: 1 } ? 0 : 1;
        }

        var lines = Lines;
        var runs = lines.Where(line => line.What == ChaosLine.Start).OrderBy(line => line.At).GroupBy(line => line.Subject).Where(job => job.Count() > 1).ToList();
        var wasTold = EndedWellBeforeTheOutage(lines);
        var wasToldAlive = EndedWellBeforeTheDeath(lines);
        return new ChaosFindings(what, kind)
        {
            Accepted = Accepted.Count,
            Lost = lost,
            Outcomes = (await store.CountAsync(CancellationToken.None))[JobState.Succeeded] + cancelled,
            Entries = entries.Values.Sum(),
            ToldOnce = Accepted.Count(id => entries.GetValueOrDefault(id) == 1),
            RanAgain = runs.Count,
            Doubled = runs.Count(job => job.SkipLast(1).Any(run => !DiedUnder(run, wasToldAlive) && !LostItsLeaseUnder(run, wasTold))),
            Recoveries = [.. runs.Select(Recovery).OfType<TimeSpan>().Order()],
            Resumed = resumed,
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _own?.Dispose();
        _folder.Dispose();
        await history.DisposeAsync();
    }

    static async Task<bool> IsQuietAsync(IJobStore store)
    {
        try
        {
            var counts = await store.CountAsync(CancellationToken.None);
            return counts[JobState.Queued] + counts[JobState.Running] + counts[JobState.Scheduled] == 0;
        }
        catch (JobStoreUnavailableException)
        {
            return false;
        }
    }

    List<ChaosLine> Ends(ChaosProcess of) => Lines.FindAll(line => line.What == ChaosLine.End && line.Pid == of.Id);

    bool DiedUnder(ChaosLine run, HashSet<(int Pid, string Subject)> wasTold) =>
        _died.ContainsKey(run.Pid) && !wasTold.Contains((run.Pid, run.Subject)) && (!_back.TryGetValue(run.Pid, out var back) || run.At < back);

    bool LostItsLeaseUnder(ChaosLine run, HashSet<(int Pid, string Subject)> wasTold) => run.At <= _outage?.To && !wasTold.Contains((run.Pid, run.Subject));

    HashSet<(int Pid, string Subject)> EndedWellBeforeTheDeath(IEnumerable<ChaosLine> lines) =>
        lines.Where(line => line.What == ChaosLine.End && _died.TryGetValue(line.Pid, out var died) && line.At < died - ToldWithin).Select(line => (line.Pid, line.Subject)).ToHashSet();

    // What ended in the last second before it may have been on its way to the store.
    HashSet<(int Pid, string Subject)> EndedWellBeforeTheOutage(IEnumerable<ChaosLine> lines) =>
        lines.Where(line => line.What == ChaosLine.End && line.At < _outage?.From - 1_000).Select(line => (line.Pid, line.Subject)).ToHashSet();

    // From the death of the worker it ran on to its next run.
    TimeSpan? Recovery(IEnumerable<ChaosLine> runs)
    {
        var ordered = runs.ToList();
        return _died.TryGetValue(ordered[^2].Pid, out var died) ? TimeSpan.FromMilliseconds(ordered[^1].At - died) : null;
    }
}
