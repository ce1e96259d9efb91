using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Chaos;

/// <summary>Real worker processes and a real redis-server: the scenarios of <see cref="RedisChaos"/>.</summary>
[Trait("Category", "Chaos"), Collection(nameof(RunsAlone))]
public sealed class RedisChaosTests(TwoAtATime<RedisChaos> scenarios) : IClassFixture<TwoAtATime<RedisChaos>>
{
    public static TheoryData<string> Names => [.. RedisChaos.Scenarios.Keys];

    [Theory, MemberData(nameof(Names))]
    public Task Scenario(string name) => scenarios.RunAsync(name);
}
