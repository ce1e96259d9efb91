using LibraryPortal.Jobs;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Flows;

/// <summary>What is refused of a flow before any store sees it, in words.</summary>
public sealed class FlowPlannerTests
{
    static readonly JobId Twice = JobId.New();

    public static TheoryData<string, Flow, Action<FlowOptions>?> BadFlows => new()
    {
        { "9 is not a failure policy; expected one of CancelRest, GoOn.", One(), options => options.OnFailure((FlowFailure)9) },
        { "The name of a flow must have 1 to 100 visible characters.", One(), options => options.Named("") },
        { "The name of a flow must have 1 to 100 visible characters.", One(), options => options.Named(" ") },
        { "The name of a flow must have 1 to 100 visible characters.", One(), options => options.Named("line\nbreak") },
        { "The name of a flow must have 1 to 100 visible characters.", One(), options => options.Named(new string('n', 101)) },
        { "The owner must have 1 to 200 characters and none that are invisible.", One(), options => options.Owner("") },
        { "The flow is nested deeper than 100 levels.", Nested(101), null },
        { "The flow is nested deeper than 100 levels.", One().Then(Nested(100)), null },
        { $"Two jobs of the flow have the id {Twice}.", One(options => options.Id(Twice)).Then(FlowPlans.Group(2, options => options.Id(Twice))), null },
        { "Two jobs of the flow have the unique key 'same'.", One(options => options.Unique("same")).Then(One(options => options.Unique("same"))), null },
        { "'No Queue' is not a queue name", One().Then(FlowPlans.Group(2, options => options.Queue("No Queue"))), null },
        { "The job 'test.script' asks for 0 attempts", One().Then(One(options => options.MaxAttempts(0))), null },
        { $"No handler is known for {typeof(Orphan).FullName}", One().Then(new Orphan()), null },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(BadFlows))]
    public void Plan_OfAFlowNoStoreShouldSee_SaysWhatIsWrong(string reason, Flow flow, Action<FlowOptions>? configure)
    {
        var thrown = Assert.Throws<ArgumentException>(() => FlowPlans.Plan(flow, configure));

        Assert.StartsWith(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_UpToTheBounds_IsMade()
    {
        Assert.Equal((100, "flow"), (FlowPlans.Plan(One(), options => options.Named(new string('n', 100))).Name.Length, FlowPlans.Plan(One()).Name));
        Assert.Single(FlowPlans.Plan(Nested(100)).Jobs);
        Assert.Equal(IJobFlows.MostJobs, FlowPlans.Plan(Flow.Chord(FlowPlans.Group(IJobFlows.MostJobs - 1), new Join("all"))).Jobs.Count);
    }

    [Fact]
    public void Plan_WithOneJobTooMany_IsRefused()
    {
        var thrown = Assert.Throws<ArgumentException>(() => FlowPlans.Plan(Flow.Chord(FlowPlans.Group(IJobFlows.MostJobs), new Join("all"))));

        Assert.StartsWith("The flow has more than 20,000 jobs.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flow_WithNothingWhereAPartBelongs_IsRefused()
    {
        IJobArgs none = null!;
        Action[] makes =
        [
            () => FlowPlans.Plan(null!), () => Flow.Job(none), () => Flow.Chain((Flow)null!), () => Flow.Chain((IEnumerable<Flow>)null!), () => Flow.Group((Flow)null!),
            () => Flow.Group((IEnumerable<IJobArgs>)null!), () => Flow.Group([none]), () => Flow.Chord((Flow)null!, new Script("a")), () => Flow.Chord(One(), none),
            () => One().Then((Flow)null!), () => One().Then((IJobArgs)null!), () => FlowPlans.Job("a").Then((System.Linq.Expressions.Expression<Func<string, IJobArgs>>)null!),
        ];

        Assert.All(makes, make => Assert.Throws<ArgumentNullException>(make));
    }

    static Flow<string> One(Action<JobOptions>? options = null) => FlowPlans.Job("a", options);

    static Flow Nested(int levels) => Enumerable.Range(0, levels).Aggregate<int, Flow>(One(), (inner, _) => Flow.Group(inner));

    public sealed record Orphan : IJobArgs;
}
