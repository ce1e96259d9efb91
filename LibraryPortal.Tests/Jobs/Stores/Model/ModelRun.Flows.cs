using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>The commands for flows, and what is compared of them.</summary>
internal sealed partial class ModelRun
{
    readonly List<(FlowPlan Plan, FlowSpec Tree)> _plans = [];

    async Task StartFlowAsync(ModelCommand.StartFlow command)
    {
        var plan = Plan(command);
        _plans.Add((plan, command.Tree));
        _all.AddRange(plan.Jobs.Select(job => job.Id));
        await TwiceAsync(command.Twice, () => AcceptFlowAsync(plan, command.Tree));
    }

    // The planner says what stands behind which gate; the jobs are those of the script.
    FlowPlan Plan(ModelCommand.StartFlow command)
    {
        var plan = FlowPlans.Plan(command.Tree.ToFlow(), options => options.OnFailure(command.GoesOn ? FlowFailure.GoOn : FlowFailure.CancelRest));
        HashSet<int> keys = [];
        // Two jobs with one unique key make no flow.
        var specs = command.Tree.Jobs.Select(spec => keys.Add(spec.Key) ? spec : spec with { Key = 0 });
        return plan with { AcceptedAt = _now, Jobs = [.. plan.Jobs.Zip(specs, (job, spec) => Envelope(spec) with { Flow = job.Flow })] };
    }

    async Task RepeatFlowAsync(int pick)
    {
        if (_plans.Count > 0)
            await AcceptFlowAsync(_plans[pick % _plans.Count].Plan, _plans[pick % _plans.Count].Tree);
    }

    async Task AcceptFlowAsync(FlowPlan plan, FlowSpec tree)
    {
        Assert.Equal(_model.Accept(plan, tree), await Store.AcceptFlowAsync(plan, CancellationToken.None));
        Touch(plan);
    }

    async Task CancelFlowAsync(int pick)
    {
        var id = PickFlow(pick);
        Assert.Equal(_model.CancelFlow(id), await Store.CancelFlowAsync(id, CancellationToken.None));
    }

    async Task RetryFlowAsync(int pick)
    {
        var id = PickFlow(pick);
        Assert.Equal(_model.RetryFlow(id), await Store.RetryFlowAsync(id, CancellationToken.None));
    }

    // Also of those that were refused or are forgotten; now and then one that never was.
    FlowId PickFlow(int pick)
    {
        if (_plans.Count == 0 || pick % 20 == 19)
            return FlowId.New();
        Touch(_plans[pick % _plans.Count].Plan);
        return _plans[pick % _plans.Count].Plan.Id;
    }

    void Touch(FlowPlan plan) => _touched.UnionWith(plan.Jobs.Select(job => job.Id));

    async Task CompareFlowsAsync(bool whole)
    {
        foreach (var (plan, _) in _plans)
        {
            if (whole || plan.Jobs.Any(job => _touched.Contains(job.Id)))
                await CompareFlowAsync(plan);
        }

        foreach (var ended in whole && _plans.Count > 0 ? new[] { false, true } : [])
        {
            var listed = await Store.ListFlowsAsync(new FlowQuery(ended, Count: 200), CancellationToken.None);
            AssertSame(ended ? "ended flows" : "flows that go on", _model.Flows.Where(flow => flow.IsOver == ended).Select(flow => flow.Id), listed.Flows.Select(flow => flow.Id));
        }
    }

    async Task CompareFlowAsync(FlowPlan plan)
    {
        var (expected, found) = (_model.FindFlow(plan.Id), await Store.FindFlowAsync(plan.Id, CancellationToken.None));
        Assert.Equal(expected is null ? null : Describe(expected), found is null ? null : Describe(found));
        if (expected is null)
            return;
        var jobs = await Store.ListFlowJobsAsync(plan.Id, 0, 100, CancellationToken.None);
        Assert.Equal(expected.Jobs.Select(job => (job.Id, job.State)), jobs.Select(job => (job.Id, job.State)));
        foreach (var job in jobs)
            Compare(_model.Find(job.Id), job.Record);
        for (var gate = FlowPlace.End; gate < plan.Gates.Count; gate++)
        {
            var results = await Store.ReadFlowResultsAsync(plan.Id, gate, 0, 100, CancellationToken.None);
            Assert.Equal(expected.Results(gate).Select(Describe), results.Select(Describe));
        }
    }

    // What did not succeed is replayed job by job, and then flow by flow, after all that followed from it has run: none of that runs twice.
    async Task TakeUpFlowsAsync()
    {
        foreach (var job in _model.Flows.SelectMany(flow => flow.Jobs).Where(job => job.State != JobState.Succeeded).ToList())
            Assert.Equal(_model.Retry(job.Id), await Store.RetryAsync(job.Id, CancellationToken.None));
        await CompareAsync(whole: true);
        foreach (var flow in _model.Flows)
            Assert.Equal(_model.RetryFlow(flow.Id), await Store.RetryFlowAsync(flow.Id, CancellationToken.None));
        await CompareAsync(whole: true);
    }

    // A store that keeps nothing of flows grows with none.
    async Task ForgetFlowsAsync()
    {
        await ForgetAsync();
        await CompareAsync(whole: true);
        Assert.Empty(await _target.FindTracesOfFlowsAsync());
    }

    static string Describe(ModelFlow flow) => Describe(
        flow.State, flow.Jobs.Count, flow.Count(JobState.Succeeded), flow.Count(JobState.Failed, JobState.Quarantined, JobState.Expired), flow.Count(JobState.Cancelled), flow.IsOver);

    static string Describe(FlowRecord flow) => Describe(flow.State, flow.Total, flow.Succeeded, flow.Failed, flow.Cancelled, flow.IsFinal);

    static string Describe(FlowState state, int total, int succeeded, int failed, int cancelled, bool isOver) =>
        $"{state}, of {total} jobs {succeeded} succeeded, {failed} failed, {cancelled} cancelled{(isOver ? ", over" : "")}";

    static string Describe(FlowResult result) => $"{result.Job} {result.State} {result.Value}";
}
