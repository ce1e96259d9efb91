using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>Flows as their users see them: results passed on, waiting, cancelling, workers that die.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task Flow_Chain_PassesEachResultOn()
    {
        var host = await StartAsync();

        var handle = await host.Flows.StartAsync(Flow.Job(new Script("a"))
            .Then(part => new Join("b", null, part))
            .Then(part => new Join("c", null, null) { Part = part }));

        Assert.Equal("c(b(a))", await handle.WaitForResultAsync(Patience));
        Assert.Equal((FlowState.Succeeded, 3), ((await handle.FindAsync())!.State, (await handle.FindAsync())!.Succeeded));
    }

    [Fact]
    public async Task Flow_Chord_PassesAllResultsOnInTheirOrder()
    {
        var host = await StartAsync();
        var group = Flow.Group(Enumerable.Range(0, 150).Select(number => new Script($"{number}")));

        var handed = await host.Flows.StartAsync(Flow.Chord(group, parts => new Join("all", parts, null)));
        var read = await host.Flows.StartAsync(group.Then(new Join("all")));

        var expected = $"all({string.Join(' ', Enumerable.Range(0, 150))})";
        Assert.Equal(expected, await handed.WaitForResultAsync(Patience));
        Assert.Equal(expected, await read.WaitForResultAsync(Patience));
    }

    [Fact]
    public async Task Flow_Group_ComesToTheResultsOfItsMembers()
    {
        var host = await StartAsync();

        var handle = await host.Flows.StartAsync(Flow.Group(
            Flow.Job(new Script("a")).Then(part => new Join("b", null, part)), Flow.Job(new Script("c"))));

        Assert.Equal(["b(a)", "c"], await handle.WaitForResultAsync(Patience));
    }

    [Fact]
    public async Task Flow_WhoseResultsAreTooLargeForArguments_SaysSo()
    {
        var host = await StartAsync(options => options.MaxPayloadBytes = 1_000);
        host.Stage.Play = (script, _) => Task.FromResult(new string('x', 600));
        var group = Flow.Group([new Script("a"), new Script("b")]);

        var handle = await host.Flows.StartAsync(group.Then(parts => new Join("all", parts, null)));

        Assert.Equal(FlowState.Failed, (await handle.WaitAsync(Patience)).State);
        var callback = (await host.Inspector.ListFlowJobsAsync(handle.Id))[^1];
        Assert.Equal(JobState.Failed, callback.State);
        Assert.Contains("ParentResultsAsync", callback.Record!.Error, StringComparison.Ordinal);
        var thrown = await Assert.ThrowsAsync<JobFailedException>(() => handle.WaitForResultAsync(Patience));
        Assert.Contains("2 of its 3 jobs succeeded, 1 failed", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flow_ThatGoesOn_HandsOverWhatSucceeded()
    {
        var host = await StartAsync();
        host.Stage.Play = (script, _) => script.Key == "b" ? throw new JobFailedException("No b.") : Task.FromResult(script.Key);
        var group = Flow.Group([new Script("a"), new Script("b"), new Script("c")]);

        var handle = await host.Flows.StartAsync(group.Then(parts => new Join("all", parts, null)), options => options.OnFailure(FlowFailure.GoOn));

        Assert.Equal("all(a c)", await handle.WaitForResultAsync(Patience));
    }

    [Fact]
    public async Task Flow_ThatGoesOn_TellsTheNextStepWhatBecameOfEach()
    {
        var host = await StartAsync();
        host.Stage.Play = async (script, job) =>
        {
            if (script.Key == "b")
                throw new JobFailedException("No b.");
            List<string> told = [];
            await foreach (var parent in job.ParentResultsAsync())
                told.Add($"{parent.Job} {parent.State} {parent.Value}");
            return $"{script.Key}({string.Join(", ", told)})";
        };

        var handle = await host.Flows.StartAsync(
            Flow.Group([new Script("a"), new Script("b"), new Script("c")]).Then(new Script("all")), options => options.OnFailure(FlowFailure.GoOn));

        var result = await handle.WaitForResultAsync(Patience);
        var jobs = await host.Inspector.ListFlowJobsAsync(handle.Id);
        Assert.Equal($"all({jobs[0].Id} Succeeded a(), {jobs[1].Id} Failed , {jobs[2].Id} Succeeded c())", result);
    }

    [Fact]
    public async Task CancelFlow_StopsWhatRunsAndStartsNothingMore()
    {
        var host = await StartAsync();
        host.Stage.Play = (_, job) => WaitForStopAsync(job);
        var handle = await host.Flows.StartAsync(Flow.Job(new Script("a")).Then(new Script("b")));
        await host.Stage.StartedAsync("a");

        // Cancelled already, when the job stops faster than the answer comes.
        Assert.Contains(await handle.CancelAsync(), new[] { CancelReply.Requested, CancelReply.Cancelled });

        var flow = await handle.WaitAsync(Patience);
        Assert.Equal((FlowState.Cancelled, 2), (flow.State, flow.Cancelled));
        Assert.Single(host.Stage.Runs);
    }

    [Fact]
    public async Task Flow_WhoseWorkerIsKilledInTheMiddle_CallsBackOnce()
    {
        var first = await StartAsync(Quick);
        var second = await StartAsync(Quick);
        var done = 0;
        foreach (var host in new[] { first, second })
        {
            host.Stage.Play = (script, _) =>
            {
                if (Interlocked.Increment(ref done) == 150)
                    first.Kill();
                return Task.FromResult(script.Key);
            };
        }

        var group = Flow.Group(Enumerable.Range(0, 400).Select(number => new Script($"{number}")));
        var handle = await second.Flows.StartAsync(group.Then(parts => new Join("all", parts, null)));

        Assert.Equal($"all({string.Join(' ', Enumerable.Range(0, 400))})", await handle.WaitForResultAsync(Patience * 2));
        Assert.Equal(401, (await handle.FindAsync())!.Succeeded);
        Assert.Single((IEnumerable<(string Key, int)>)[.. first.Stage.Runs, .. second.Stage.Runs], run => run.Key.StartsWith("all", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flow_OutageWhileAJobReadsWhatCameBefore_IsWaitedFor()
    {
        var host = await StartAsync();
        var lost = 0;
        host.Store.LosesReplyOf = name => name == "flowresults" && Interlocked.Increment(ref lost) == 1;

        var handle = await host.Flows.StartAsync(Flow.Job(new Script("a")).Then(part => new Join("b", null, part)));

        Assert.Equal("b(a)", await handle.WaitForResultAsync(Patience));
        Assert.Equal(1, (await host.Inspector.ListFlowJobsAsync(handle.Id))[1].Record!.Attempt);
    }

    [Fact]
    public async Task Flow_WaitThatRunsOutOfTime_SaysHowFarItIs()
    {
        var host = await StartAsync(worker: false);
        var handle = await host.Flows.StartAsync(Flow.Group([new Script("a"), new Script("b")]));

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => handle.WaitAsync(TimeSpan.FromMilliseconds(50)));

        Assert.Contains("0 of its 2 jobs have ended", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flow_Refused_AcceptsNothing()
    {
        var host = await StartAsync(worker: false);
        var holder = await host.Client.EnqueueAsync(new Script("a"), options => options.Unique("k"));

        var thrown = await Assert.ThrowsAsync<FlowRefusedException>(() => host.Flows.StartAsync(Flow.Job(new Script("b"), options => options.Unique("k"))));

        Assert.Equal(holder.Id, thrown.Holder);
        Assert.Equal(0, (await host.Inspector.ListFlowsAsync(new())).Total);
    }

    [Fact]
    public async Task Flow_ThatNoStoreShouldSee_IsRefused_AndNothingOfItIsStored()
    {
        var host = await StartAsync(worker: false);
        var group = Flow.Group(Enumerable.Repeat(new Script("a"), 20));
        var taken = JobId.New();
        (Flow Flow, Action<FlowOptions>? Options)[] bad =
        [
            (group, options => options.Named("")), (group, options => options.Owner("")), (group, options => options.OnFailure((FlowFailure)9)),
            (Flow.Group(Enumerable.Repeat(new Script("a"), IJobFlows.MostJobs + 1)), null),
            (Enumerable.Range(0, 101).Aggregate((Flow)group, (inner, _) => Flow.Group(inner)), null),
            (group.Then(Flow.Group([new Script("b"), new Script("c")], options => options.Id(taken))), null),
            (group.Then(Flow.Group([new Script("b"), new Script("c")], options => options.Unique("k"))), null),
            (group.Then(new Script("b"), options => options.Queue("No Queue")), null),
            (group.Then(new Script(new string('x', new JobsOptions().MaxPayloadBytes))), null),
        ];

        foreach (var (flow, options) in bad)
            await Assert.ThrowsAsync<ArgumentException>(() => host.Flows.StartAsync(flow, options));

        Assert.Equal(0, (await host.Inspector.ListFlowsAsync(new())).Total);
        Assert.Equal(0, (await host.Inspector.CountAsync()).ByState.Sum(count => count.Value));
        // Neither the id nor the key is held.
        Assert.True((await host.Flows.StartAsync(Flow.Job(new Script("b"), options => options.Id(taken).Unique("k")))).IsNew);
    }
}
