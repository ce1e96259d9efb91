using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Chaos;

/// <summary>The one process of an embedded store, killed, locked out and without room on its disk.</summary>
public sealed class EmbeddedChaos : IChaosScenarios<EmbeddedChaos>
{
    // In bytes: less than the store needs, more than the ledger does.
    const string LargestFile = "1000000";

    readonly ChaosStage _stage;

    EmbeddedChaos(ChaosStage stage) => _stage = stage;

    public static IReadOnlyDictionary<string, Func<EmbeddedChaos, Task>> Scenarios { get; } = new Dictionary<string, Func<EmbeddedChaos, Task>>(StringComparer.Ordinal)
    {
        [nameof(ProcessKilled)] = chaos => chaos.ProcessKilled(),
        [nameof(ProcessKilledInTheMiddleOfAChord)] = chaos => chaos.ProcessKilledInTheMiddleOfAChord(),
        [nameof(ProcessKilledUnderRules)] = chaos => chaos.ProcessKilledUnderRules(),
        [nameof(ProcessKilledAmongCancels)] = chaos => chaos.ProcessKilledAmongCancels(),
        [nameof(ProcessKilledBetweenItsCommitAndTheHandOver)] = chaos => chaos.ProcessKilledBetweenItsCommitAndTheHandOver(),
        [nameof(ProcessFrozenPastItsLease)] = chaos => chaos.ProcessFrozenPastItsLease(),
        [nameof(FileLockedByAnotherProgram)] = chaos => chaos.FileLockedByAnotherProgram(),
        [nameof(DiskFull)] = chaos => chaos.DiskFull(),
    };

    public static async Task<EmbeddedChaos> OpenAsync() => new(await ChaosStage.OpenAsync());

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    public async Task ProcessKilled()
    {
        var path = _stage.File("jobs.db");
        var victim = await _stage.StartAsync($"sqlite={path}", "jobs=1000000", "milliseconds=20");
        await ChaosStage.UntilAsync("jobs run", () => _stage.Runs(victim) > ChaosScale.Jobs(100, 500));
        await _stage.KillAsync(victim);
        var successor = await _stage.StartAsync($"sqlite={path}");

        // The one job under way when its caller died may be in the file, though nobody heard so.
        await CheckAsync("process killed while accepting and running", path, successor, unheard: 1);
    }

    public async Task ProcessKilledInTheMiddleOfAChord()
    {
        var path = _stage.File("jobs.db");
        var gate = _stage.File("half-is-over");
        var victim = await _stage.StartAsync($"sqlite={path}", $"chord={gate}");
        await ChaosStage.UntilAsync("half of it is over", () => _stage.Has(ChaosAcceptance.Done) && ChaosChord.IsInTheMiddleOf(victim, _stage.Lines));
        await _stage.KillAsync(victim);
        await File.WriteAllTextAsync(gate, "");
        var successor = await _stage.StartAsync($"sqlite={path}");

        var found = await CheckAsync("process killed in the middle of a chord of 1,000", path, successor);

        Assert.NotEqual(0, found.RanAgain);
        ChaosChord.AssertCalledBackOnce(_stage.Lines);
    }

    public async Task ProcessKilledBetweenItsCommitAndTheHandOver()
    {
        var path = _stage.File("jobs.db");
        await using (var other = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            // While the store cannot take them, what is committed waits in the outbox.
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync();
            var victim = await _stage.StartAsync($"sqlite={path}", $"commits={ChaosScale.Jobs(20, 200)}");
            await ChaosStage.UntilAsync(
                "all are committed, and could not be handed over", () => _stage.Has(ChaosAcceptance.Done) && victim.Log.Contains("wait in the outbox", StringComparison.Ordinal));
            await _stage.KillAsync(victim);
            Assert.Equal(0, _stage.Runs());
        }

        var successor = await _stage.StartAsync($"sqlite={path}");

        await CheckAsync("process killed between its commit and the hand-over", path, successor);
    }

    public async Task ProcessKilledUnderRules()
    {
        await using var store = Open(_stage.File("jobs.db"));
        await Rules(store).KilledUnderRulesAsync();
    }

    public async Task ProcessKilledAmongCancels()
    {
        await using var store = Open(_stage.File("jobs.db"));
        await Rules(store).KilledAmongCancelsAsync();
    }

    public async Task ProcessFrozenPastItsLease()
    {
        var (path, gate) = (_stage.File("jobs.db"), _stage.File("thawed-and-at-work"));
        var process = await _stage.StartAsync($"sqlite={path}", "jobs=16", $"until={gate}");
        await ChaosStage.UntilAsync("all jobs run", () => _stage.Has(ChaosAcceptance.Done) && _stage.Runs() == 16);
        await process.FreezeAsync();
        await Task.Delay(ChaosScale.Silence, TimeProvider.System);
        // What it has to make up for begins now.
        _stage.MayRunAgain(process);
        _stage.IsBack(process);
        await process.ThawAsync();
        await ChaosStage.UntilAsync("the thawed process runs them again", () => _stage.Runs() == 32);
        await File.WriteAllTextAsync(gate, "");

        var found = await CheckAsync("process frozen past its lease, thawed", path, process);
        Assert.Equal(16, found.RanAgain);
    }

    public async Task FileLockedByAnotherProgram()
    {
        var path = _stage.File("jobs.db");
        var count = ChaosScale.Jobs(400, 2_000);
        var gate = _stage.File("file-is-locked");
        var process = await _stage.StartAsync($"sqlite={path}", $"jobs={count}", "milliseconds=20", $"gate={gate}");
        await ChaosStage.UntilAsync("half of the jobs are accepted, and some run", () => _stage.Has(ChaosAcceptance.Waits) && _stage.Runs() > 50);
        long back;
        await using (var other = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=30"))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync();
            var gone = ChaosStage.Now;
            await File.WriteAllTextAsync(gate, "");
            // Longer than the store waits for a lock, shorter than a lease.
            var least = gone + (ChaosScale.IsFull ? 4_000 : 1_000);
            await ChaosStage.UntilAsync("jobs are refused", () => _stage.Has("refused") && ChaosStage.Now >= least);
            // Before the others are accepted, which may be a matter of a moment.
            back = ChaosStage.Now;
            command.CommandText = "ROLLBACK";
            await command.ExecuteNonQueryAsync();
            _stage.WasAway(gone, ChaosStage.Now);
        }

        var resumed = await _stage.NextRunsAsync(back);
        await ChaosStage.UntilAsync("all are accepted", () => _stage.Has(ChaosAcceptance.Done));
        await CheckAsync("file locked by another program", path, process, resumed);
    }

    public async Task DiskFull()
    {
        // Where nobody may mount a small one, no file may grow instead.
        await using var disk = await SmallDisk.MountAsync();
        var path = disk is null ? _stage.File("jobs.db") : Path.Combine(disk.Path, "jobs.db");
        var gate = _stage.File("disk-is-full");
        var process = await _stage.StartAsync($"sqlite={path}", $"jobs={ChaosScale.Jobs(400, 1_500)}", "milliseconds=20", $"gate={gate}");
        await ChaosStage.UntilAsync("half of the jobs are accepted, and some run", () => _stage.Has(ChaosAcceptance.Waits) && _stage.Runs() > 5);
        var gone = ChaosStage.Now;
        if (disk is null)
            await process.LimitFilesAsync(LargestFile);
        else
            disk.Fill();
        await File.WriteAllTextAsync(gate, "");
        await ChaosStage.UntilAsync("jobs are refused", () => _stage.Has("refused"));
        // Before the others are accepted, which may be a matter of a moment.
        var back = ChaosStage.Now;
        if (disk is null)
            await process.LimitFilesAsync("unlimited");
        else
            disk.Free();
        _stage.WasAway(gone, ChaosStage.Now);
        var resumed = await _stage.NextRunsAsync(back);
        await ChaosStage.UntilAsync("all are accepted", () => _stage.Has(ChaosAcceptance.Done));

        await CheckAsync("disk full, then room again", path, process, resumed);
    }

    ChaosRules Rules(SqliteJobStore store) => new(_stage, store, "embedded", $"sqlite={_stage.File("jobs.db")}")
    {
        UntilTold = async last =>
        {
            await last.StopAsync();
            await _stage.History.CarryAsync(store);
        },
    };

    static SqliteJobStore Open(string path) => new(path, TimeProvider.System, NullLogger<SqliteJobStore>.Instance);

    async Task<ChaosFindings> CheckAsync(string what, string path, ChaosProcess process, TimeSpan? resumed = null, int unheard = 0)
    {
        _stage.Accepted.AddRange(_stage.Lines.Where(line => line.What == "accepted").Select(line => JobId.Parse(line.Subject, null)));
        await ChaosStage.UntilAsync("every accepted job has ended", () => _stage.Ended >= _stage.Accepted.Count);
        // Read beside the process, as commands do: told to stop before it has told of each end it would leave the others to the next.
        await using var store = Open(path);
        await ChaosStage.UntilQuietAsync(store);
        await process.StopAsync();
        var found = await _stage.FindAsync(what, "embedded", store, () => _stage.History.CarryAsync(store), resumed);
        (found with { Unheard = unheard }).Check();
        return found;
    }
}
