using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Flows;
using LibraryPortal.Jobs.Handlers;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Engine;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Makes plans of flows whose jobs are told apart by their keys.</summary>
internal static class FlowPlans
{
    static readonly FlowPlanner Planner = NewPlanner();

    public static FlowPlan Plan(Flow flow, Action<FlowOptions>? options = null) => Planner.Plan(flow, options);

    public static Flow<string> Job(string key, Action<JobOptions>? options = null) => Flow.Job(new Script(key), options);

    public static FlowGroup<string> Group(int count, Action<JobOptions>? options = null) =>
        Flow.Group(Enumerable.Range(0, count).Select(number => new Script($"{number}")), options);

    public static string KeyOf(JobEnvelope job) => job.Args.GetProperty("key").GetString()!;

    public static JobId IdOf(this FlowPlan plan, string key) => plan.Jobs.Single(job => KeyOf(job) == key).Id;

    static FlowPlanner NewPlanner()
    {
        var registry = new JobRegistry();
        registry.Add(typeof(ScriptJob));
        registry.Add(typeof(JoinJob));
        return new FlowPlanner(new EnvelopeFactory(registry, Options.Create(new JobsOptions()), TimeProvider.System), TimeProvider.System);
    }
}
