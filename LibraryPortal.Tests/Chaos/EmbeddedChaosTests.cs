using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Chaos;

/// <summary>The one process of an embedded store: the scenarios of <see cref="EmbeddedChaos"/>.</summary>
[Trait("Category", "Chaos"), Collection(nameof(RunsAlone))]
public sealed class EmbeddedChaosTests(TwoAtATime<EmbeddedChaos> scenarios) : IClassFixture<TwoAtATime<EmbeddedChaos>>
{
    public static TheoryData<string> Names => [.. EmbeddedChaos.Scenarios.Keys];

    [Theory, MemberData(nameof(Names))]
    public Task Scenario(string name) => scenarios.RunAsync(name);
}
