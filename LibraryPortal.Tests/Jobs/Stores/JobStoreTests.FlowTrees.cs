using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Random trees of flows with random ends, played in random order with repeated, handed back and retried runs, against <see cref="FlowModel"/>.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public Task Flow_OfAnyTree_EndsAsTheModelSays() => PlayTreesAsync(cases: 25);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Flow_OfHundredsOfTrees_EndsAsTheModelSays() => PlayTreesAsync(cases: 400);

    static Gen<FlowModel> Trees(int depth)
    {
        var job = Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
            .Select(succeeds => new FlowModel(FlowModel.Form.Job, "", succeeds, []));
        if (depth == 0)
            return job;
        var inner = from form in Gen.Elements(FlowModel.Form.Chain, FlowModel.Form.Group)
                    from count in Gen.Choose(0, 4)
                    from parts in Trees(depth - 1).ListOf(count)
                    select new FlowModel(form, "", false, [.. parts]);
        return Gen.Frequency((2, job), (3, inner));
    }

    static FlowModel Number(FlowModel model, ref int number)
    {
        if (model.Is == FlowModel.Form.Job)
            return model with { Key = $"j{number++}" };
        List<FlowModel> parts = [];
        foreach (var part in model.Parts)
            parts.Add(Number(part, ref number));
        return model with { Parts = parts };
    }

    async Task PlayTreesAsync(int cases)
    {
        await RegisterAsync();
        var queue = 0;
        var samples = from tree in Trees(3)
                      from policy in Gen.Elements(FlowFailure.CancelRest, FlowFailure.GoOn)
                      from seed in Gen.Choose(0, int.MaxValue)
                      select (tree, policy, seed);
        // On a thread of its own: this one may be the one that reads the answers.
        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll(samples.ToArbitrary(), sample =>
        {
            var number = 0;
            var model = Number(sample.tree, ref number);
            PlayAsync(model, sample.policy, new Random(sample.seed), $"q{++queue}").GetAwaiter().GetResult();
        })));
    }

    async Task PlayAsync(FlowModel model, FlowFailure policy, Random random, string queue)
    {
        var jobs = model.Jobs.ToDictionary(job => job.Key);
        var needs = model.Needs();
        var plan = await AcceptAsync(model.ToFlow(options => options.Queue(queue)), options => options.OnFailure(policy));
        HashSet<string> succeeded = [];
        var ran = await RunAllAsync(key => jobs[key].Succeeds);

        var (whole, ends) = model.PlayToTheEnd();
        var states = (await Store.ListFlowJobsAsync(plan.Id, 0, 1_000, CancellationToken.None)).ToDictionary(job => FlowPlans.KeyOf(job.Record!.Envelope), job => job.State);
        var flow = await FindFlowAsync(plan);
        Assert.Equal(jobs.Count, states.Count);
        Assert.Equal(jobs.Count, flow.Finished);
        Assert.Equal((states.Count(job => job.Value == JobState.Succeeded), states.Count(job => job.Value == JobState.Failed)), (flow.Succeeded, flow.Failed));
        if (policy == FlowFailure.GoOn || ends.Values.All(state => state == JobState.Succeeded))
        {
            Assert.Equal(ends.OrderBy(job => job.Key), states.OrderBy(job => job.Key));
            Assert.Equal(whole ? FlowState.Succeeded : FlowState.Failed, flow.State);
        }
        else
        {
            // One at a time: the first that failed was the last to run.
            Assert.Equal(FlowState.Failed, flow.State);
            Assert.False(jobs[ran[^1]].Succeeds);
            Assert.All(ran.SkipLast(1), key => Assert.Equal(JobState.Succeeded, states[key]));
            Assert.All(jobs.Keys.Except(ran), key => Assert.Equal(JobState.Cancelled, states[key]));
        }

        // An operator mends it: all that did not succeed runs, and nothing runs twice.
        if (flow.Succeeded == flow.Total)
            return;
        Assert.Equal(RetryReply.Queued, await Store.RetryFlowAsync(plan.Id, CancellationToken.None));
        var again = await RunAllAsync(_ => true);
        Assert.Equal(jobs.Keys.Except(states.Where(job => job.Value == JobState.Succeeded).Select(job => job.Key)).Order(), again.Order());
        await AssertFlowAsync(plan, FlowState.Succeeded, succeeded: jobs.Count);

        async Task<List<string>> RunAllAsync(Func<string, bool> succeeds)
        {
            List<string> order = [];
            while (await ClaimAsync(count: 1, queue: queue) is [var job])
            {
                var key = FlowPlans.KeyOf(job.Envelope);
                // Before its turn nothing runs.
                Assert.True(needs[key].Length == 0 || needs[key].Any(succeeded.Contains), $"{key} runs before its turn.");
                switch (random.Next(6))
                {
                    case 0:
                        Assert.True(await FinishAsync(job, OutcomeKind.Released));
                        continue;
                    case 1 when job.Attempt < 3:
                        Assert.True(await FinishAsync(job, OutcomeKind.Retry, error: "once more"));
                        continue;
                }

                order.Add(key);
                if (succeeds(key))
                    succeeded.Add(key);
                for (var tell = random.Next(3); tell >= 0; tell--)
                    await FinishAsync(job, succeeds(key) ? OutcomeKind.Succeeded : OutcomeKind.Failed, result: key, error: "no");
            }

            return order;
        }
    }
}
