using System.Text.Json;
using LibraryPortal.Data.JobEffects;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>What handlers write into a database of their own, though their job runs again.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task Effects_OfARunWhoseWorkerDiedAfterItsCommit_HappenOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = await StartAsync(Brisk);
        var written = new TaskCompletionSource();
        first.Stage.Play = async (_, job) =>
        {
            await WriteAsync(database, job);
            written.SetResult();
            return await WaitForStopAsync(job);
        };
        var handle = await first.Client.EnqueueAsync(new Script("a"));
        await written.Task.WaitAsync(Patience);

        first.Kill();
        var second = await StartAsync(Quick, play: async (_, job) => await WriteAsync(database, job) ? "wrote again" : "was written");

        var record = await second.Client.WaitAsync(handle.Id, Patience);
        Assert.Equal(("was written", 1), (record.ReadResult<string>(), record.Crashes));
        Assert.Equal(1, await TitlesAsync(database));
    }

    [Fact]
    public async Task Effects_OfAZombieAndItsHeir_HappenOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        var zombie = await StartAsync(Quick);
        var heirWrote = new TaskCompletionSource();
        var zombieTried = new TaskCompletionSource<bool>();
        zombie.Stage.Play = async (_, job) =>
        {
            // It does not heed its token, as a process frozen in the middle does not.
            await heirWrote.Task;
            zombieTried.SetResult(await WriteAsync(database, new Unstoppable(job)));
            return "zombie";
        };
        var handle = await zombie.Client.EnqueueAsync(new Script("a"));
        await zombie.Stage.StartedAsync("a");
        var heir = await StartAsync(Quick);
        heir.Stage.Play = async (_, job) =>
        {
            Assert.True(await WriteAsync(database, job));
            heirWrote.SetResult();
            return "heir";
        };

        zombie.Store.Freeze();

        Assert.Equal("heir", (await heir.Client.WaitAsync(handle.Id, Patience)).ReadResult<string>());
        Assert.False(await zombieTried.Task.WaitAsync(Patience));
        Assert.Equal(1, await TitlesAsync(database));
    }

    [Fact]
    public async Task Effects_OfARunThatFailed_AreTakenBack_AndTheNextOneWrites()
    {
        await using var database = await TestDatabase.CreateAsync();
        var host = await StartAsync(Brisk);
        host.Stage.Play = async (_, job) => await WriteAsync(database, job, fails: job.Attempt == 1) ? "wrote" : "was written";

        var handle = await host.Client.EnqueueAsync(new Script("a"));

        var record = await handle.WaitAsync(Patience);
        Assert.Equal(("wrote", 2), (record.ReadResult<string>(), record.Attempt));
        Assert.Equal(1, await TitlesAsync(database));
    }

    [Fact]
    public async Task Effects_OfReplays_AreWrittenOncePerArguments()
    {
        await using var database = await TestDatabase.CreateAsync();
        var host = await StartAsync(Brisk);
        List<string> wrote = [];
        host.Stage.Play = async (script, job) =>
        {
            if (await WriteAsync(database, job))
                wrote.Add(script.Key);
            throw new JobFailedException("So that it may be replayed.");
        };
        var handle = await host.Client.EnqueueAsync(new Script("a"));
        await handle.WaitAsync(Patience);

        foreach (var args in new[] { "", "b", "", "c", "a", "b" })
        {
            Assert.Equal(RetryReply.Queued, args.Length == 0
                ? await host.Inspector.RetryAsync(handle.Id)
                : await host.Inspector.RetryAsync(handle.Id, JsonSerializer.SerializeToElement(new { key = args })));
            await UntilAsync(host, handle.Id, static job => job.IsFinal);
        }

        Assert.Equal(["a", "a", "b", "b", "c", "a", "b"], host.Stage.Runs.Select(run => run.Key));
        Assert.Equal(["a", "b", "c"], wrote);
        Assert.Equal(3, await TitlesAsync(database));
    }

    static async Task<bool> WriteAsync(TestDatabase file, JobContext job, bool fails = false)
    {
        await using var database = file.Open();
        return await database.OncePerJobAsync(job, TimeProvider.System.GetUtcNow(), async () =>
        {
            database.Titles.Add(new Title(new TitleDetails { Name = "Emma" }, DateTimeOffset.UnixEpoch));
            await database.SaveChangesAsync(job.CancellationToken);
            return fails ? throw new InvalidOperationException("broken after its write") : true;
        });
    }

    static async Task<int> TitlesAsync(TestDatabase file)
    {
        await using var database = file.Open();
        return await database.Titles.CountAsync();
    }

    sealed class Unstoppable(JobContext job) : JobContext
    {
        public override JobId Id => job.Id;

        public override int Attempt => job.Attempt;

        public override string? Owner => job.Owner;

        public override DateTimeOffset EnqueuedAt => job.EnqueuedAt;

        public override CancellationToken CancellationToken => CancellationToken.None;

        public override bool IsCancelRequested => false;

        public override ValueTask ReportProgressAsync(long done, long total, string? message = null) => ValueTask.CompletedTask;
    }
}
