using System.Diagnostics;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Chaos;

/// <summary>The one process of an embedded store, killed, locked out and without room on its disk.</summary>
[Trait("Category", "Chaos"), Collection(nameof(RunsAlone))]
public sealed class EmbeddedChaosTests : IAsyncLifetime
{
    ChaosStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await ChaosStage.OpenAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
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

    [Fact]
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

    [Fact]
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

    [Fact]
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
            await File.WriteAllTextAsync(gate, "");
            // Longer than the store waits for a lock, shorter than a lease.
            var least = ChaosStage.Now + (ChaosScale.IsFull ? 4_000 : 1_000);
            await ChaosStage.UntilAsync("jobs are refused", () => _stage.Has("refused") && ChaosStage.Now >= least);
            command.CommandText = "ROLLBACK";
            await command.ExecuteNonQueryAsync();
            back = ChaosStage.Now;
        }

        var resumed = await _stage.NextRunsAsync(back);
        await ChaosStage.UntilAsync("all are accepted", () => _stage.Has(ChaosAcceptance.Done));
        await CheckAsync("file locked by another program", path, process, resumed);
    }

    [Fact]
    public async Task DiskFull()
    {
        await using var disk = await SmallDisk.MountAsync();
        var path = Path.Combine(disk.Path, "jobs.db");
        var gate = _stage.File("disk-is-full");
        var process = await _stage.StartAsync($"sqlite={path}", $"jobs={ChaosScale.Jobs(400, 1_500)}", "milliseconds=20", $"gate={gate}");
        await ChaosStage.UntilAsync("half of the jobs are accepted, and some run", () => _stage.Has(ChaosAcceptance.Waits) && _stage.Runs() > 5);
        disk.Fill();
        await File.WriteAllTextAsync(gate, "");
        await ChaosStage.UntilAsync("jobs are refused", () => _stage.Has("refused"));
        disk.Free();
        var resumed = await _stage.NextRunsAsync(ChaosStage.Now);
        await ChaosStage.UntilAsync("all are accepted", () => _stage.Has(ChaosAcceptance.Done));

        await CheckAsync("disk full, then room again", path, process, resumed);
    }

    async Task<ChaosFindings> CheckAsync(string what, string path, ChaosProcess process, TimeSpan? resumed = null, int unheard = 0)
    {
        _stage.Accepted.AddRange(_stage.Lines.Where(line => line.What == "accepted").Select(line => JobId.Parse(line.Subject, null)));
        // The file is the process' own while it lives: what happened is read once it has drained and left.
        await ChaosStage.UntilAsync("every accepted job has ended", () => Ended() >= _stage.Accepted.Count);
        await process.StopAsync();
        await using var store = new SqliteJobStore(path, TimeProvider.System, NullLogger<SqliteJobStore>.Instance);
        var found = await _stage.FindAsync(what, "embedded", store, () => _stage.History.CarryAsync(store), resumed);
        (found with { Unheard = unheard }).Check();
        return found;
    }

    int Ended() => _stage.Lines.Where(line => line.What == "end").DistinctBy(line => line.Subject).Count();

    /// <summary>A file system of a few megabytes in memory.</summary>
    sealed class SmallDisk(string path) : IAsyncDisposable
    {
        public string Path { get; } = path;

        string Filler => System.IO.Path.Combine(Path, "filler");

        public static async Task<SmallDisk> MountAsync()
        {
            var path = Directory.CreateTempSubdirectory("libraryportal-disk-").FullName;
            if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", path))
                return new SmallDisk(path);
            Directory.Delete(path);
            Assert.Skip("Only an administrator may mount a small disk.");
            throw new InvalidOperationException();
        }

        public void Fill()
        {
            using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4_096];
            try
            {
                while (true)
                    file.Write(block);
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void Free() => File.Delete(Filler);

        public async ValueTask DisposeAsync()
        {
            // Its user may hold files open for a moment yet.
            await RunAsync("umount", "-l", Path);
            Directory.Delete(Path);
        }

        static async Task<bool> RunAsync(string program, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
                await process.WaitForExitAsync();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
