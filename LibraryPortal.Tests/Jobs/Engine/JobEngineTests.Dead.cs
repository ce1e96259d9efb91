using System.Text.Json;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>What operators do with jobs that failed.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task RetryMany_ReplaysThemAll()
    {
        var host = await StartAsync();
        var broken = true;
        host.Stage.Play = (script, _) => Volatile.Read(ref broken) ? throw new JobFailedException("The disk is full.") : Task.FromResult(script.Key);
        var handles = await host.Client.EnqueueManyAsync(Enumerable.Range(0, 300).Select(number => new Script($"{number}")));
        foreach (var handle in handles)
            Assert.Equal(JobState.Failed, (await handle.WaitAsync(Patience)).State);
        Volatile.Write(ref broken, false);

        Assert.Equal(300, await host.Inspector.CountDeadAsync(new DeadFilter { Error = "disk" }));
        Assert.Equal(new DeadReply(300, 300, 0), await host.Inspector.RetryManyAsync(new DeadFilter { Error = "disk" }));

        foreach (var handle in handles)
            await UntilAsync(host, handle.Id, record => record.State == JobState.Succeeded);
    }

    [Fact]
    public async Task RetryMany_Throttled_RunsThemOneAfterTheOther()
    {
        var host = await StartAsync();
        host.Stage.Play = (_, _) => throw new JobFailedException("no");
        var handles = await host.Client.EnqueueManyAsync([new Script("a"), new Script("b"), new Script("c")]);
        foreach (var handle in handles)
            await handle.WaitAsync(Patience);
        host.Stage.Play = static (script, _) => Task.FromResult(script.Key);
        var asked = TimeProvider.System.GetUtcNow();

        await host.Inspector.RetryManyAsync(new DeadFilter(), perSecond: 5);

        List<DateTimeOffset> started = [];
        foreach (var handle in handles)
            started.Add((await UntilAsync(host, handle.Id, record => record.State == JobState.Succeeded)).StartedAt!.Value);
        started.Sort();
        // Never early, by a stamp in whole milliseconds: each is due a fifth of a second after the one before it, which itself may come late.
        for (var i = 0; i < started.Count; i++)
            Assert.True(started[i] - asked > TimeSpan.FromMilliseconds((200 * i) - 1), $"Asked for at {asked:O}, number {i} began at {started[i]:O}.");
    }

    [Fact]
    public async Task DiscardMany_ThatIsCutShort_HasToldWhatIsDone()
    {
        var host = await StartAsync();
        host.Stage.Play = (_, _) => throw new JobFailedException("no");
        var handles = await host.Client.EnqueueManyAsync(Enumerable.Range(0, 300).Select(number => new Script($"{number}")));
        foreach (var handle in handles)
            await handle.WaitAsync(Patience);
        using var stop = new CancellationTokenSource();
        var told = new CutShort(stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Inspector.DiscardManyAsync(new DeadFilter(), told, stop.Token));

        Assert.InRange(told.Last!.Changed, 1, 299);
        Assert.Equal(300 - told.Last.Changed, await host.Inspector.CountDeadAsync(new DeadFilter()));
    }

    [Fact]
    public async Task ManyStoppedWhileTheStoreTakesABatch_HaveToldOfIt_AndNoneBeginsAfterIt()
    {
        var host = await StartAsync();
        host.Stage.Play = (_, _) => throw new JobFailedException("no");
        foreach (var handle in await host.Client.EnqueueManyAsync([new Script("a"), new Script("b")]))
            await handle.WaitAsync(Patience);
        host.Stage.Play = static (script, _) => Task.FromResult(script.Key);
        using var stop = new CancellationTokenSource();
        // On its way when its caller gives up: Redis does it all the same.
        host.Store.HoldsRequestOf = call => call == "deadsweep" ? stop.CancelAsync() : Task.CompletedTask;
        var told = new LastReport<DeadReply>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Inspector.RetryManyAsync(new DeadFilter(), progress: told, cancellationToken: stop.Token));

        Assert.Equal(new DeadReply(2, 2, 0), told.Value);
        Assert.Equal(0, await host.Inspector.CountDeadAsync(new DeadFilter()));
    }

    /// <summary>Gives up after the first batch.</summary>
    sealed class CutShort(CancellationTokenSource stop) : IProgress<DeadReply>
    {
        public DeadReply? Last { get; private set; }

        public void Report(DeadReply value)
        {
            Last = value;
            stop.Cancel();
        }
    }

    [Fact]
    public async Task RetryMany_WithAWrongRateOrState_IsRefused()
    {
        var host = await StartAsync(worker: false);

        await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.RetryManyAsync(new DeadFilter(), perSecond: 0));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.RetryManyAsync(new DeadFilter(), perSecond: double.NaN));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.DiscardManyAsync(new DeadFilter { States = [JobState.Succeeded] }));
    }

    [Fact]
    public async Task RetryWithOtherArguments_RunsWithThem()
    {
        var host = await StartAsync();
        host.Stage.Play = (script, _) => script.Key == "wrong" ? throw new JobFailedException("Wrong.") : Task.FromResult(script.Key);
        var handle = await host.Client.EnqueueAsync(new Script("wrong"));
        await handle.WaitAsync(Patience);

        Assert.Equal(RetryReply.Queued, await host.Inspector.RetryAsync(handle.Id, JsonSerializer.SerializeToElement(new { key = "right" })));

        var record = await UntilAsync(host, handle.Id, record => record.State == JobState.Succeeded);
        Assert.Equal("right", record.ReadResult<string>());
        Assert.Equal("wrong", record.Envelope.OriginalArgs!.Value.GetProperty("key").GetString());
    }

    [Theory]
    [InlineData("""{ "kee": "right" }""", "kee")]
    [InlineData("""[]""", "JSON object")]
    public async Task RetryWithArgumentsThatDoNotFit_ChangesNothing(string args, string said)
    {
        var host = await StartAsync();
        host.Stage.Play = (_, _) => throw new JobFailedException("Wrong.");
        var handle = await host.Client.EnqueueAsync(new Script("wrong"));
        await handle.WaitAsync(Patience);

        var thrown = await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.RetryAsync(handle.Id, JsonSerializer.Deserialize<JsonElement>(args)));

        Assert.Contains(said, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(JobState.Failed, (await handle.FindAsync())!.State);
    }
}
