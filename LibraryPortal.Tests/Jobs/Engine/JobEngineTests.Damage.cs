using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Flows;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>What cannot be read is set aside, and everything else goes on.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task JobThatCannotBeRead_Fails_AndSaysWhy_AndTheOthersRun()
    {
        var client = await StartAsync(worker: false);
        var handles = (await client.Client.EnqueueManyAsync([new Script("a"), new Script("broken"), new Script("b")])).ToList();
        await DamageAsync(handles[1].Id);

        var host = await StartAsync(Brisk);

        Assert.Equal(JobState.Succeeded, (await handles[0].WaitAsync(Patience)).State);
        Assert.Equal(JobState.Succeeded, (await handles[2].WaitAsync(Patience)).State);
        var failed = await UntilAsync(host, handles[1].Id, static job => job.IsFinal);
        Assert.Equal(JobState.Failed, failed.State);
        Assert.Contains("cannot be read", failed.Error, StringComparison.Ordinal);
        Assert.Contains(host.Errors, line => line.Contains($"{handles[1].Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CursorThatCannotBeRead_FailsItsJobAlone_AndSaysWhy_AndAReplayBeginsAnew()
    {
        var first = await StartAsync(Brisk);
        var saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        first.Stage.Play = async (_, job) =>
        {
            await job.SaveCursorAsync(7);
            saved.TrySetResult();
            return await WaitForStopAsync(job);
        };
        var handle = await first.Client.EnqueueAsync(new Script("a"));
        await saved.Task.WaitAsync(Patience);
        await first.StopAsync();
        await DamageCursorAsync(handle.Id);
        var client = await StartAsync(worker: false);
        var other = await client.Client.EnqueueAsync(new Script("b"));

        var host = await StartAsync(Brisk, play: static (script, job) => Task.FromResult($"{script.Key} from {job.Cursor<int?>()}"));

        Assert.Equal("b from ", await other.WaitForResultAsync(Patience));
        var failed = await client.Client.WaitAsync(handle.Id, Patience);
        Assert.Equal((JobState.Failed, 1), (failed.State, failed.Attempt));
        Assert.Contains("Where it was to go on cannot be read", failed.Error, StringComparison.Ordinal);
        await client.Inspector.RetryAsync(handle.Id);
        Assert.Equal("a from ", await handle.WaitForResultAsync(Patience));
    }

    [Fact]
    public async Task JobOfALaterForm_IsLeftToOthers_OnceAndForAll_AndRunsWhereItCanBeRead()
    {
        var client = await StartAsync(worker: false);
        var handles = (await client.Client.EnqueueManyAsync([new Script("a"), new Script("later"), new Script("b")])).ToList();
        var stored = "";
        await RewriteAsync(handles[1].Id, text =>
        {
            stored = text;
            return "{\"k\":2,\"what\":\"nobody knows yet\"}";
        });
        var host = await StartAsync(Quick);

        Assert.Equal(JobState.Succeeded, (await handles[0].WaitAsync(Patience)).State);
        Assert.Equal(JobState.Succeeded, (await handles[2].WaitAsync(Patience)).State);
        await UntilAsync(host, handles[1].Id, static job => job.HeldBack?.Contains("later version", StringComparison.Ordinal) == true);
        // Its beats go on, and it does not come again.
        var beats = 0;
        host.Store.HoldsReplyOf = (call, _) => Task.FromResult(call == "beat" ? Interlocked.Increment(ref beats) : 0);
        await Eventually.HoldsAsync("the worker beat five times", () => Volatile.Read(ref beats) > 5);
        var left = await UntilAsync(host, handles[1].Id, static _ => true);
        Assert.Equal((JobState.Queued, 0), (left.State, left.Attempt));
        Assert.Single(host.Warnings, line => line.Contains($"{handles[1].Id}", StringComparison.Ordinal));

        await RewriteAsync(handles[1].Id, _ => stored);
        await Store.BeatAsync(new WorkerBeat("later", "host", 1, "2.0", 1, 1, ["other"], ["@2"], TimeProvider.System.GetUtcNow(), IsFirst: true), CancellationToken.None);

        Assert.Equal("later", (await client.Client.WaitAsync(handles[1].Id, Patience)).ReadResult<string>());
    }

    [Fact]
    public async Task EndThatCannotBeRead_IsNamed_AndTheRestGoesIntoTheHistory()
    {
        var history = new HistoryInMemory();
        var client = await StartAsync(worker: false, history: history);
        // This one runs jobs and carries nothing into the history.
        await StartAsync();
        List<JobId> ids = [];
        foreach (var key in new[] { "a", "broken", "b" })
        {
            var handle = await client.Client.EnqueueAsync(new Script(key));
            await handle.WaitAsync(Patience);
            ids.Add(handle.Id);
        }

        await DamageAsync(ids[1]);
        var host = await StartAsync(history: history);

        await history.UntilAsync(2);
        Assert.Equal([ids[0], ids[2]], history.Outcomes.Select(job => job.Id).Order());
        await Eventually.HoldsAsync("the one left out is named", () => host.Errors.Any(line => line.Contains($"{ids[1]}", StringComparison.Ordinal)));
        // And what comes after it goes on.
        await host.Client.EnqueueAsync(new Script("c"));
        await history.UntilAsync(3);
        Assert.Single(host.Errors, line => line.Contains($"{ids[1]}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LargeResults_OfAFlow_AllReachTheNextStep()
    {
        var host = await StartAsync();
        var large = new string('x', 100_000);
        host.Stage.Play = async (script, job) =>
        {
            if (script.Key != "sum")
                return large;
            var count = 0;
            await foreach (var result in job.ParentResultsAsync<string>())
                count += result.Length == large.Length ? 1 : 0;
            return $"{count}";
        };

        var handle = await host.Flows.StartAsync(Flow.Group(Enumerable.Range(0, 25).Select(number => new Script($"{number}"))).Then(new Script("sum")));

        Assert.Equal("25", await handle.WaitForResultAsync(Patience));
    }
}
