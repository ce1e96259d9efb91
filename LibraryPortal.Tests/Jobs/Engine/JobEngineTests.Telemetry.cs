using System.Collections.Concurrent;
using System.Diagnostics;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>What a collector gets to know of a job's way.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task Metrics_TellEveryStep()
    {
        using var heard = new HeardMetrics();
        var host = await StartAsync(history: new HistoryInMemory());
        host.Stage.Play = (script, job) => (script.Key, job.Attempt) switch
        {
            ("bad", _) => throw new JobFailedException("no use"),
            ("shaky", 1) => throw new InvalidOperationException("once"),
            _ => Task.FromResult(script.Key),
        };

        foreach (var key in (string[])["good", "bad", "shaky"])
            await (await host.Client.EnqueueAsync(new Script(key))).WaitAsync(Patience);

        await heard.UntilAsync("jobs.outcomes", "outcome", "succeeded", "failed", "retried");
        await heard.UntilAsync("jobs.run.duration", "outcome", "succeeded", "failed", "retried");
        await heard.UntilAsync("jobs.enqueued", "job", "test.script");
        await heard.UntilAsync("jobs.waiting", "queue", "default");
        await heard.UntilAsync("jobs.batch.size", "call", "enqueue", "claim", "finish");
        await heard.UntilAsync("jobs.store.duration", "call", "enqueue", "claim", "finish", "beat");
        await heard.UntilAsync("jobs.history.drained", "state", "succeeded", "failed");
        await heard.UntilAsync("jobs.history.drained", "job", "test.script");
        await heard.UntilAsync("jobs.history.lag");
        await heard.UntilAsync("jobs.slots");
        await heard.UntilAsync("jobs.slots.busy");

        await host.Client.EnqueueAsync(new Script("late"), options => options.Queue("nobody").ExpiresIn(TimeSpan.FromMilliseconds(1)));
        await heard.UntilAsync("jobs.history.drained", "state", "expired");
    }

    [Fact]
    public async Task Metrics_CountTheJobsOfAFlow_OnceHoweverOftenItIsStarted()
    {
        using var heard = new HeardMetrics();
        var host = await StartAsync(worker: false);
        var (queue, key) = ($"flow-{Guid.NewGuid():N}", "taken");
        var flow = Flow.Chain(Stores.FlowPlans.Group(3, options => options.Queue(queue)), Stores.FlowPlans.Job("last", options => options.Queue(queue).Unique(key)));

        var id = FlowId.New();
        await host.Flows.StartAsync(flow, options => options.Id(id));
        await host.Flows.StartAsync(flow, options => options.Id(id));
        // Its last job has a key that is taken.
        await Assert.ThrowsAsync<FlowRefusedException>(() => host.Flows.StartAsync(flow));

        Assert.Equal(4, heard.Sum("jobs.enqueued", "queue", queue));
    }

    [Fact]
    public async Task Metrics_TellTheQueues()
    {
        using var heard = new HeardMetrics();
        var host = await StartAsync(options => options.Slots = 1);
        host.Stage.Play = (_, job) => WaitForStopAsync(job);
        await host.Client.EnqueueManyAsync(Enumerable.Range(0, 5).Select(number => new Script($"{number}")), options => options.Queue("default"));

        await heard.UntilAsync("jobs.queue.depth", "queue", "default");
        await heard.UntilAsync("jobs.queue.oldest", "queue", "default");
    }

    [Fact]
    public async Task Run_IsAChildOfWhatEnqueuedIt_WhateverTheProcess()
    {
        ConcurrentQueue<Activity> ended = new();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is JobTracing.SourceName or "test",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        var web = await StartAsync(worker: false);
        var worker = await StartAsync();
        worker.Stage.Play = static (script, _) => script.Key == "bad" ? throw new JobFailedException("no use") : Task.FromResult(script.Key);

        ActivityTraceId trace;
        JobHandle handle;
        using (var click = source.StartActivity("click")!)
        {
            trace = click.TraceId;
            handle = await web.Client.EnqueueAsync(new Script("bad"));
        }

        await handle.WaitAsync(Patience);
        Activity? Find(string name) => ended.SingleOrDefault(one => one.TraceId == trace && one.DisplayName == name);
        await Support.Eventually.HoldsAsync("the run is told", () => Find("run test.script") is not null);

        var (enqueue, run) = (Find("enqueue test.script")!, Find("run test.script")!);
        Assert.Equal(enqueue.SpanId, run.ParentSpanId);
        Assert.Equal(handle.Id.ToString(), run.GetTagItem("job.id"));
        Assert.Equal("failed", run.GetTagItem("job.outcome"));
        Assert.Equal((ActivityStatusCode.Error, "no use"), (run.Status, run.StatusDescription));
        Assert.Equal((ActivityKind.Producer, ActivityKind.Consumer), (enqueue.Kind, run.Kind));
    }

    [Fact]
    public async Task Runs_OfManyAndOfAFlow_AreChildrenOfTheCallThatEnqueuedThem()
    {
        ConcurrentQueue<Activity> ended = new();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is JobTracing.SourceName or "test",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        var host = await StartAsync();
        host.Stage.Play = static (script, _) => Task.FromResult(script.Key);

        ActivityTraceId trace;
        using (var click = source.StartActivity("click")!)
        {
            trace = click.TraceId;
            await host.Client.EnqueueManyAsync([new Script("a"), new Script("b")]);
            await host.Flows.StartAsync(Flow.Chain(Flow.Job(new Script("c")), Flow.Job(new Script("d"))), options => options.Named("chain of two"));
        }

        Activity[] Of(string name) => [.. ended.Where(one => one.TraceId == trace && one.DisplayName == name)];
        await Support.Eventually.HoldsAsync("the runs are told", () => Of("run test.script").Length == 4);

        var calls = new[] { Of("enqueue many").Single(), Of("enqueue chain of two").Single() };
        Assert.All(calls, call => Assert.Equal((ActivityKind.Producer, (object?)2), (call.Kind, call.GetTagItem("jobs"))));
        Assert.All(calls, call => Assert.Equal(2, Of("run test.script").Count(run => run.ParentSpanId == call.SpanId)));
    }
}
