using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Handlers;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Tests.Jobs.Client;

/// <summary>What becomes of arguments and options, and what is refused before any store sees it.</summary>
public sealed class EnvelopeFactoryTests
{
    readonly ManualClock _clock = new();
    readonly EnvelopeFactory _factory;

    public EnvelopeFactoryTests()
    {
        var registry = new JobRegistry();
        registry.Add(typeof(ScriptJob));
        registry.Add(typeof(OddJob));
        registry.Add(typeof(RuledJob));
        _factory = new EnvelopeFactory(registry, Options.Create(new JobsOptions { MaxPayloadBytes = 1_000 }), _clock);
    }

    [Fact]
    public void Create_WithoutOptions_TakesTheDefaultsOfTheType()
    {
        var job = _factory.Create(new Script("a"), null);

        Assert.Equal(("test.script", "default", JobPriority.Normal), (job.Name, job.Queue, job.Priority));
        Assert.Equal("{\"key\":\"a\"}", job.Args.GetRawText());
        Assert.Equal(_clock.GetUtcNow(), job.EnqueuedAt);
        Assert.Equal(3, job.Retry.MaxAttempts);
        Assert.Equal((null, null, null), (job.DueAt, job.UniqueKey, job.Owner));
    }

    [Fact]
    public void Create_WithOptions_TakesThem()
    {
        var id = JobId.New();

        var job = _factory.Create(new Script("a"), options => options
            .Id(id).Queue("slow").Priority(JobPriority.Low).In(TimeSpan.FromSeconds(2)).MaxAttempts(9).Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5))
            .Unique("k").Owner("ana").Tag("a", "b", "a").ResultTtl(TimeSpan.FromMinutes(1)));

        Assert.Equal((id, "slow", JobPriority.Low, "k", "ana"), (job.Id, job.Queue, job.Priority, job.UniqueKey, job.Owner));
        Assert.Equal(_clock.GetUtcNow().AddSeconds(2), job.DueAt);
        Assert.Equal(new RetryPolicy(9, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)), job.Retry);
        Assert.Equal(["a", "b"], job.Tags);
        Assert.Equal(TimeSpan.FromMinutes(1), job.ResultTtl);
    }

    [Fact]
    public void Create_WithADueTimeBetweenMilliseconds_RoundsUp()
    {
        var due = _clock.GetUtcNow().AddTicks(10_001);

        Assert.Equal(_clock.GetUtcNow().AddMilliseconds(2), _factory.Create(new Script("a"), options => options.At(due)).DueAt);
        Assert.Equal(_clock.GetUtcNow().AddMilliseconds(1), _factory.Create(new Script("a"), options => options.In(TimeSpan.FromTicks(1))).DueAt);
    }

    [Fact]
    public void Create_WithADueTimeElsewhere_KeepsTheMoment()
    {
        var due = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(2));

        var job = _factory.Create(new Script("a"), options => options.At(due));

        Assert.Equal((due, TimeSpan.Zero), (job.DueAt!.Value, job.DueAt.Value.Offset));
    }

    [Fact]
    public void Create_WithRulesForItsRun_TakesThem()
    {
        var job = _factory.Create(new Script("a"), options => options
            .In(TimeSpan.FromSeconds(2)).ExpiresIn(TimeSpan.FromSeconds(3)).TimeLimit(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(4)).Serial("account 7").Limit("mail.provider", "disk", "disk"));

        Assert.Equal(_clock.GetUtcNow().AddSeconds(3), job.ExpiresAt);
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(4)), (job.TimeLimit!.Value, job.TimeLimitGrace));
        Assert.Equal("account 7", job.SerialKey);
        Assert.Equal(["mail.provider", "disk"], job.Limits);
    }

    [Fact]
    public void Create_WithoutRules_TakesThoseOfTheType_CountingTheExpiryFromTheDueTime()
    {
        var job = _factory.Create(new Ruled(), null);

        Assert.Equal(_clock.GetUtcNow().AddSeconds(60), job.ExpiresAt);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1.5), 2), (job.TimeLimit!.Value, job.TimeLimitGrace, job.ArgsVersion));
        Assert.Equal(["mail.provider"], job.Limits);
        var later = _factory.Create(new Ruled(), options => options.In(TimeSpan.FromHours(1)).Limit());
        Assert.Equal(_clock.GetUtcNow().AddHours(1).AddSeconds(60), later.ExpiresAt);
        Assert.Empty(later.Limits);
    }

    public static TheoryData<string, Action<JobOptions>> BadOptions => new()
    {
        { "'No Queue'", options => options.Queue("No Queue") },
        { "not a priority", options => options.Priority((JobPriority)9) },
        { "The delay is", options => options.In(TimeSpan.FromSeconds(-1)) },
        { "The delay is", options => options.In(TimeSpan.MaxValue) },
        { "0 attempts", options => options.MaxAttempts(0) },
        { "1001 attempts", options => options.MaxAttempts(1_001) },
        { "after the first", options => options.Backoff(TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1)) },
        { "at most", options => options.Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)) },
        { "at most", options => options.Backoff(TimeSpan.FromSeconds(2), TimeSpan.MaxValue) },
        { "unique key", options => options.Unique("") },
        { "unique key", options => options.Unique(new string('k', 201)) },
        { "unique key", options => options.Unique("line\nbreak") },
        { "owner", options => options.Owner(" ") },
        { "not a tag", options => options.Tag("") },
        { "21 tags", options => options.Tag([.. Enumerable.Range(0, 21).Select(number => $"{number}")]) },
        { "keeps its result", options => options.ResultTtl(TimeSpan.Zero) },
        { "keeps its result", options => options.ResultTtl(TimeSpan.MaxValue) },
        { "expires after", options => options.ExpiresIn(TimeSpan.Zero) },
        { "expires after", options => options.ExpiresIn(TimeSpan.MaxValue) },
        { "before it is due", options => options.In(TimeSpan.FromSeconds(2)).ExpiresIn(TimeSpan.FromSeconds(1)) },
        { "a time limit of", options => options.TimeLimit(TimeSpan.Zero) },
        { "to stop past its time limit", options => options.TimeLimit(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(-1)) },
        { "serial key", options => options.Serial("") },
        { "the limit 'No Name'", options => options.Limit("No Name") },
        { "9 limits", options => options.Limit("a", "b", "c", "d", "e", "f", "g", "h", "i") },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Create_WithAnOptionOutOfRange_SaysWhich(string reason, Action<JobOptions> configure)
    {
        var thrown = Assert.Throws<ArgumentException>(() => _factory.Create(new Script("a"), configure));

        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WithTooLargeArguments_SaysHowLarge()
    {
        var thrown = Assert.Throws<ArgumentException>(() => _factory.Create(new Script(new string('x', 2_000)), null));

        Assert.Contains("2,010 bytes", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WithoutAHandler_SaysHowToWriteOne()
    {
        var thrown = Assert.Throws<ArgumentException>(() => _factory.Create(new Orphan(), null));

        Assert.Contains(nameof(Orphan), thrown.Message, StringComparison.Ordinal);
        Assert.Contains("[Job(", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WithArgumentsThatAreNotJson_SaysSo() =>
        Assert.Contains("plain JSON", Assert.Throws<ArgumentException>(() => _factory.Create(new Odd(() => 1), null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Check_OfAnEnvelopeMadeElsewhere_RefusesBadOnes()
    {
        var good = _factory.Create(new Script("a"), null);
        EnvelopeFactory.Check(good);

        Assert.Throws<ArgumentException>(() => EnvelopeFactory.Check(good with { Name = "Not a name" }));
        Assert.Throws<ArgumentException>(() => EnvelopeFactory.Check(good with { Queue = "" }));
        Assert.Throws<ArgumentException>(() => EnvelopeFactory.Check(good with { Limits = ["no name"] }));
        Assert.Throws<ArgumentException>(() => EnvelopeFactory.Check(good with { Args = JsonSerializer.SerializeToElement(3) }));
    }

    public sealed record Orphan : IJobArgs;

    public sealed record Ruled : IJobArgs;

    [Job("test.ruled", ExpiresInSeconds = 60, TimeLimitSeconds = 5, TimeLimitGraceSeconds = 1.5, Limits = ["mail.provider"], Version = 2)]
    public sealed class RuledJob : IJobHandler<Ruled>, IUpgradeArgs<Ruled>
    {
        public Ruled Upgrade(JsonElement older, int version) => new();

        public Task RunAsync(Ruled args, JobContext job) => Task.CompletedTask;
    }

    public sealed record Odd(Func<int> Code) : IJobArgs;

    [Job("test.odd")]
    public sealed class OddJob : IJobHandler<Odd>
    {
        public Task RunAsync(Odd args, JobContext job) => Task.CompletedTask;
    }
}
