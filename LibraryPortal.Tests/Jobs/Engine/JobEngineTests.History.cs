using System.Collections.Concurrent;
using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>Ended jobs are carried into the history: each outcome once, whatever breaks in between.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task Ended_GoesIntoTheHistory_OncePerOutcome()
    {
        var history = new HistoryInMemory();
        var host = await StartAsync(history: history);
        host.Stage.Play = (script, _) => script.Key == "bad" ? throw new JobFailedException("no use") : Task.FromResult(script.Key);

        var good = await host.Client.EnqueueAsync(new Script("good"));
        var bad = await host.Client.EnqueueAsync(new Script("bad"));
        await bad.WaitAsync(Patience);
        await history.UntilAsync(2);
        await host.Inspector.RetryAsync(bad.Id);
        await history.UntilAsync(3);

        Assert.Equal([JobState.Succeeded], history.OutcomesOf(good.Id));
        Assert.Equal([JobState.Failed, JobState.Failed], history.OutcomesOf(bad.Id));
    }

    [Fact]
    public async Task Ended_WithoutHistory_LeavesNothingBehindForOne()
    {
        var host = await StartAsync();

        var handle = await host.Client.EnqueueAsync(new Script("a"));
        await handle.WaitAsync(Patience);

        Assert.False((await handle.FindAsync())!.Envelope.KeepsHistory);
        Assert.Empty((await host.Store.ReadEndedAsync("test", 10, default))!.Receipts);
    }

    [Fact]
    public async Task Ended_OfATypeThatOptsOut_StaysOutOfTheHistory_HoweverItCame()
    {
        var history = new HistoryInMemory();
        var host = await StartAsync(history: history, jobs: static services => services.AddJobHandler<SecretJob>());
        host.Stage.Play = static (script, _) => script.Key == "bad" ? throw new JobFailedException("no use") : Task.FromResult(script.Key);

        List<JobHandle> handles =
        [
            await host.Client.EnqueueAsync(new Secret("alone")), await host.Client.EnqueueAsync(new Secret("bad"), static options => options.Owner("ana")),
            .. await host.Client.EnqueueManyAsync(Enumerable.Range(0, 20).SelectMany(static number => new IJobArgs[] { new Script($"{number}"), new Secret($"{number}") })),
        ];
        var flow = await host.Flows.StartAsync(Flow.Group(Flow.Job(new Script("a")), Flow.Job(new Secret("b"))).Then(new Secret("c")).Then(new Script("d")));
        Assert.Equal(FlowState.Succeeded, (await flow.WaitAsync(Patience)).State);
        foreach (var handle in handles)
            await handle.WaitAsync(Patience);
        // Outcomes are carried in the order in which they came about, so that nothing can be on its way once this one is there.
        await (await host.Client.EnqueueAsync(new Script("last"))).WaitAsync(Patience);
        await history.UntilAsync(23);

        Assert.Equal(23, history.Outcomes.Count());
        Assert.All(history.Outcomes, static job => Assert.Equal("test.script", job.Envelope.Name));
    }

    [Fact]
    public async Task Find_OfAJobTheStoreDropped_AnswersFromTheHistory_AndSoDoWaitAndRetry()
    {
        var history = new HistoryInMemory();
        var host = await StartAsync(history: history);
        var ended = new JobRecord
        {
            Envelope = host.Client.Prepare(new Script("old")), State = JobState.Failed, FinishedAt = TimeProvider.System.GetUtcNow(), Error = "then",
        };
        await history.AddAsync([ended], default);

        Assert.Equal("then", (await host.Client.FindAsync(ended.Id))!.Error);
        Assert.Equal("then", (await host.Inspector.FindAsync(ended.Id))!.Error);
        Assert.Equal(JobState.Failed, (await host.Client.WaitAsync(ended.Id, Patience)).State);
        Assert.Equal(CancelReply.AlreadyFinal, await host.Inspector.CancelAsync(ended.Id));
        Assert.Equal(CancelReply.AlreadyFinal, await host.Client.CancelAsync(ended.Id));

        Assert.Equal(RetryReply.Queued, await host.Inspector.RetryAsync(ended.Id));
        await history.UntilAsync(2);
        Assert.Equal([JobState.Failed, JobState.Succeeded], history.OutcomesOf(ended.Id));
        Assert.Equal(RetryReply.NotRetryable, await host.Inspector.RetryAsync(ended.Id));
    }

    [Fact]
    public async Task Retry_WithOtherArguments_OfAJobTheStoreDropped_TakesItOutOfTheHistory()
    {
        var history = new HistoryInMemory();
        var host = await StartAsync(history: history);
        var ended = new JobRecord
        {
            Envelope = host.Client.Prepare(new Script("old")), State = JobState.Failed, FinishedAt = TimeProvider.System.GetUtcNow(), Error = "then",
        };
        await history.AddAsync([ended], default);

        Assert.Equal(RetryReply.Queued, await host.Inspector.RetryAsync(ended.Id, JsonElement.Parse("""{"key":"new"}""")));

        await history.UntilAsync(2);
        Assert.Equal("new", Assert.Single(host.Stage.Runs).Key);
        Assert.Equal(RetryReply.Unknown, await host.Inspector.RetryAsync(JobId.New(), JsonElement.Parse("""{"key":"new"}""")));
    }

    [Fact]
    public async Task Retry_OfAJobOfAFlowThatOnlyTheHistoryHas_IsRefused()
    {
        var history = new HistoryInMemory();
        var host = await StartAsync(history: history);
        var ended = new JobRecord
        {
            Envelope = host.Client.Prepare(new Script("callback")) with { Flow = new FlowPlace(FlowId.New(), After: 2, From: 2, FlowPlace.End) },
            State = JobState.Failed, FinishedAt = TimeProvider.System.GetUtcNow(), Error = "then",
        };
        await history.AddAsync([ended], default);

        Assert.Equal(RetryReply.NotRetryable, await host.Inspector.RetryAsync(ended.Id));
        Assert.Equal(RetryReply.NotRetryable, await host.Inspector.RetryAsync(ended.Id, JsonElement.Parse("""{"key":"new"}""")));

        Assert.Null(await Store.FindAsync(ended.Id, default));
    }

    [Fact]
    public async Task RecordThatCannotBeKept_IsPassedOver_AndTheOthersAreKept()
    {
        var history = new HistoryInMemory { IsOut = true };
        var host = await StartAsync(history: history);
        var handles = new Dictionary<string, JobId>();
        foreach (var key in new[] { "a", "bad", "b" })
        {
            var handle = await host.Client.EnqueueAsync(new Script(key));
            await handle.WaitAsync(Patience);
            handles[key] = handle.Id;
        }

        history.CannotKeep = job => job.Id == handles["bad"];
        history.IsOut = false;

        await history.UntilAsync(2);
        Assert.Equal(new[] { handles["a"], handles["b"] }.Order(), history.Outcomes.Select(job => job.Id).Order());
        await Support.Eventually.HoldsAsync("the one left out is named", () => host.Errors.Any(line => line.Contains($"{handles["bad"]}", StringComparison.Ordinal)));
        // And what comes after it goes on.
        await host.Client.EnqueueAsync(new Script("c"));
        await history.UntilAsync(3);
    }

    [Fact]
    public async Task HistoryThatIsOut_LosesNothing()
    {
        var history = new HistoryInMemory { IsOut = true };
        var host = await StartAsync(history: history);

        var handles = await host.Client.EnqueueManyAsync(Enumerable.Range(0, 300).Select(number => new Script($"{number}")));
        foreach (var handle in handles)
            await handle.WaitAsync(Patience);
        await history.RefusedAsync();
        Assert.Empty(history.Outcomes);
        history.IsOut = false;

        await history.UntilAsync(300);
        Assert.Equal(handles.Select(handle => handle.Id).Order(), history.Outcomes.Select(job => job.Id).Order());
    }

    [Fact]
    public async Task KilledBetweenWritingAndAcknowledging_NothingIsLostOrDoubled()
    {
        var history = new HistoryInMemory();
        var first = await StartAsync(history: history);
        // Written, but the store never hears of it.
        first.Store.LosesRequestOf = call => call == "told";
        var handles = await first.Client.EnqueueManyAsync(Enumerable.Range(0, 50).Select(number => new Script($"{number}")));
        await history.UntilAsync(50);
        first.Kill();

        await StartAsync(history: history);
        await history.UntilAddedAgainAsync();

        Assert.Equal(handles.Select(handle => handle.Id).Order(), history.Outcomes.Select(job => job.Id).Order());
    }

    [Fact]
    public async Task SeveralProcesses_DrainEachOutcomeOnce()
    {
        var history = new HistoryInMemory();
        var hosts = new[] { await StartAsync(history: history), await StartAsync(history: history), await StartAsync(history: history) };

        var handles = await hosts[0].Client.EnqueueManyAsync(Enumerable.Range(0, 500).Select(number => new Script($"{number}")));
        await history.UntilAsync(500);

        Assert.Equal(handles.Select(handle => handle.Id).Order(), history.Outcomes.Select(job => job.Id).Order());
    }

    /// <summary>A history as its contract says, which a test can take away.</summary>
    protected sealed class HistoryInMemory : IJobHistory
    {
        readonly ConcurrentDictionary<(JobId Id, long Ended), JobRecord> _outcomes = new();
        readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int _repeated;

        public bool IsOut { get; set; }

        public Func<JobRecord, bool> CannotKeep { get; set; } = static _ => false;

        public IEnumerable<JobRecord> Outcomes => _outcomes.Values;

        public JobState[] OutcomesOf(JobId id) => [.. Outcomes.Where(job => job.Id == id).OrderBy(job => job.FinishedAt).Select(job => job.State)];

        public Task RefusedAsync() => _refused.Task.WaitAsync(Patience, TimeProvider.System);

        public Task UntilAsync(int count) => Support.Eventually.HoldsAsync($"{count} outcomes are in the history", () => _outcomes.Count >= count);

        public Task UntilAddedAgainAsync() => Support.Eventually.HoldsAsync("a batch came again", () => Volatile.Read(ref _repeated) > 0);

        public Task<int> AddAsync(IReadOnlyList<JobRecord> ended, CancellationToken cancellationToken)
        {
            if (IsOut)
            {
                _refused.TrySetResult();
                throw new InvalidOperationException("The history is taken away by the test.");
            }

            if (ended.Any(CannotKeep))
                throw new ArgumentException("The record is not one that can be kept.", nameof(ended));
            var added = ended.Count(job => _outcomes.TryAdd((job.Id, job.FinishedAt!.Value.UtcTicks), job));
            if (added < ended.Count)
                Interlocked.Increment(ref _repeated);
            return Task.FromResult(added);
        }

        public Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken) =>
            Task.FromResult(Outcomes.Where(job => job.Id == id).MaxBy(job => job.FinishedAt));

        public Task<HistoryPage> SearchAsync(HistoryQuery query, CancellationToken cancellationToken) =>
            Task.FromResult(new HistoryPage([.. Outcomes.Skip(query.Offset).Take(query.Count)], _outcomes.Count));

        public Task<int> TrimAsync(DateTimeOffset before, long keepAtMost, int limit, CancellationToken cancellationToken) => Task.FromResult(0);
    }
}
