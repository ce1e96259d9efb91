using System.Diagnostics;
using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>What a collector gets to know of a job's way.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task Metrics_TellEveryStep()
    {
        using var heard = new HeardMetrics();
        var queue = $"steps-{Guid.NewGuid():N}";
        var host = await StartAsync(options => options.Queues.Add(queue), history: new HistoryInMemory());
        host.Stage.Play = (script, job) => (script.Key, job.Attempt) switch
        {
            ("bad", _) => throw new JobFailedException("no use"),
            ("shaky", 1) => throw new InvalidOperationException("once"),
            _ => Task.FromResult(script.Key),
        };

        foreach (var key in (string[])["good", "bad", "shaky"])
            await (await host.Client.EnqueueAsync(new Script(key), options => options.Queue(queue))).WaitAsync(Patience);
        await host.Client.EnqueueAsync(new Script("late"), options => options.Queue("nobody").ExpiresIn(TimeSpan.FromMilliseconds(1)));
        await heard.UntilSumAsync(4, "jobs.history.drained");
        Assert.InRange(heard.Look("jobs.slots") ?? 0, 20, int.MaxValue);
        // Whatever was to be told is told.
        await host.StopAsync();

        Assert.Equal(3, heard.Sum("jobs.enqueued", ("job", "test.script"), ("queue", queue)));
        foreach (var (outcome, count) in ((string, int)[])[("succeeded", 2), ("failed", 1), ("retried", 1)])
        {
            Assert.Equal(count, heard.Sum("jobs.outcomes", ("job", "test.script"), ("queue", queue), ("outcome", outcome)));
            Assert.Equal(count, heard.All("jobs.run.duration", ("job", "test.script"), ("outcome", outcome)).Count);
        }

        foreach (var (state, count) in ((string, int)[])[("succeeded", 2), ("failed", 1), ("expired", 1)])
            Assert.Equal(count, heard.Sum("jobs.history.drained", ("job", "test.script"), ("state", state)));
        Assert.Equal(4, heard.Sum("jobs.acknowledged"));
        Assert.Equal(4, heard.Sum("jobs.batch.size", ("call", "enqueue")));
        Assert.Equal(4, heard.Sum("jobs.batch.size", ("call", "claim")));
        Assert.Equal(4, heard.Sum("jobs.batch.size", ("call", "finish")));
        foreach (var call in (string[])["enqueue", "claim", "finish", "beat"])
            Assert.NotEmpty(heard.All("jobs.store.duration", ("call", call)));
        // The rest before a retry is no waiting.
        Assert.Equal(3, heard.All("jobs.waiting", ("job", "test.script"), ("queue", queue)).Count);
        Assert.NotEmpty(heard.All("jobs.history.lag"));
        foreach (var duration in (string[])["jobs.waiting", "jobs.run.duration", "jobs.store.duration", "jobs.history.lag"])
            Assert.All(heard.All(duration), seconds => Assert.InRange(seconds, 0, 60));
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

        Assert.Equal(4, heard.Sum("jobs.enqueued", ("queue", queue)));
    }

    [Fact]
    public async Task Metrics_TellTheQueues_WhereNoWorkerLives_AndNoLongerThanTheirProcess()
    {
        using var heard = new HeardMetrics();
        var queue = $"depth-{Guid.NewGuid():N}";
        var began = TimeProvider.System.GetTimestamp();
        var web = await StartAsync(worker: false);
        await web.Client.EnqueueManyAsync(Enumerable.Range(0, 5).Select(number => new Script($"{number}")), options => options.Queue(queue));

        // It looks as it starts.
        var other = await StartAsync(worker: false);
        await Support.Eventually.HoldsAsync("the depth is told", () => heard.Look("jobs.queue.depth", ("queue", queue)) == 5);

        Assert.InRange(heard.Look("jobs.queue.oldest", ("queue", queue))!.Value, 0.000_001, TimeProvider.System.GetElapsedTime(began).TotalSeconds + 0.001);
        await web.StopAsync();
        await other.StopAsync();
        Assert.Null(heard.Look("jobs.queue.depth", ("queue", queue)));
    }

    [Fact]
    public async Task Metrics_TellBusySlots()
    {
        using var heard = new HeardMetrics();
        var host = await StartAsync();
        host.Stage.Play = (_, job) => WaitForStopAsync(job);

        var handle = await host.Client.EnqueueAsync(new Script("a"));
        await host.Stage.StartedAsync("a");

        Assert.InRange(heard.Look("jobs.slots.busy") ?? 0, 1, int.MaxValue);
        await host.Client.CancelAsync(handle.Id);
    }

    [Fact]
    public async Task Run_IsAChildOfWhatEnqueuedIt_WhateverTheProcess()
    {
        using var heard = new HeardActivities();
        var web = await StartAsync(worker: false);
        var worker = await StartAsync(history: new HistoryInMemory());
        worker.Stage.Play = static (_, job) => throw (job.Attempt == 1 ? new IOException("once") : new JobFailedException("no use"));

        ActivityTraceId trace;
        JobHandle handle;
        using (var click = heard.Start("click"))
        {
            trace = click.TraceId;
            handle = await web.Client.EnqueueAsync(new Script("bad"));
        }

        await handle.WaitAsync(Patience);
        var runs = await heard.UntilAsync(2, "run test.script");

        var enqueue = Assert.Single(heard.Of("enqueue test.script"));
        Assert.Equal((trace, ActivityKind.Producer), (enqueue.TraceId, enqueue.Kind));
        Assert.All(runs, run => Assert.Equal((trace, enqueue.SpanId, ActivityKind.Consumer), (run.TraceId, run.ParentSpanId, run.Kind)));
        Assert.All(runs, run => Assert.Equal((handle.Id.ToString(), "test.script", "default"), (run.GetTagItem("job.id"), run.GetTagItem("job.name"), run.GetTagItem("job.queue"))));
        Assert.Equal([(1, "retried", "IOException: once"), (2, "failed", "no use")], runs.Select(run => (run.GetTagItem("job.attempt"), run.GetTagItem("job.outcome"), run.StatusDescription)));
        Assert.All(runs, run => Assert.Equal(ActivityStatusCode.Error, run.Status));
    }

    [Fact]
    public async Task Runs_OfManyAndOfAFlow_AreChildrenOfTheCallThatEnqueuedThem()
    {
        using var heard = new HeardActivities();
        var host = await StartAsync(history: new HistoryInMemory());

        ActivityTraceId trace;
        using (var click = heard.Start("click"))
        {
            trace = click.TraceId;
            await host.Client.EnqueueManyAsync([new Script("a"), new Script("b")]);
            await host.Flows.StartAsync(Flow.Chain(Flow.Job(new Script("c")), Flow.Job(new Script("d"))), options => options.Named("chain of two"));
        }

        var runs = await heard.UntilAsync(4, "run test.script");
        Activity[] calls = [Assert.Single(heard.Of("enqueue many")), Assert.Single(heard.Of("enqueue chain of two"))];
        Assert.All(calls, call => Assert.Equal((ActivityKind.Producer, trace, (object?)2), (call.Kind, call.TraceId, call.GetTagItem("jobs"))));
        Assert.All(calls, call => Assert.Equal(2, runs.Count(run => run.ParentSpanId == call.SpanId)));
        await Support.Eventually.HoldsAsync("the way of all into the history is told", () => heard.Of("drain history").Sum(drain => (int)drain.GetTagItem("jobs")!) == 4);
        Assert.All(heard.Of("drain history"), drain => Assert.Equal(ActivityKind.Internal, drain.Kind));
    }
}
