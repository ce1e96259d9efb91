using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Handlers;

namespace LibraryPortal.Tests.Jobs.Handlers;

/// <summary>A handler that cannot work is refused before the program starts, in words its author can act on.</summary>
public sealed class JobRegistryTests
{
    readonly JobRegistry _registry = new();

    [Fact]
    public void Add_ReadsTheDefaultsOffTheAttribute()
    {
        Assert.True(_registry.Add(typeof(GoodJob)));

        Assert.True(_registry.TryFind("test.good", out var type));
        Assert.Equal(("slow", JobPriority.Low, TimeSpan.FromSeconds(60)), (type.Queue, type.Priority, type.ResultTtl));
        Assert.Equal(new RetryPolicy(7, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(9)), type.Retry);
        Assert.Same(type, _registry.FindByArgs(typeof(Good)));
        Assert.Equal(["slow"], _registry.Queues);
        Assert.Equal(["test.good"], _registry.Names);
    }

    [Fact]
    public void Add_Repeated_ChangesNothing()
    {
        Assert.True(_registry.Add(typeof(GoodJob)));
        Assert.False(_registry.Add(typeof(GoodJob)));
    }

    [Theory]
    [InlineData(typeof(NamelessJob), "no [Job")]
    [InlineData(typeof(BadNameJob), "'Has Spaces'")]
    [InlineData(typeof(BadQueueJob), "'Not A Queue'")]
    [InlineData(typeof(NoInterfaceJob), "0 handler interfaces")]
    [InlineData(typeof(TwoInterfacesJob), "2 handler interfaces")]
    [InlineData(typeof(AbstractJob), "abstract")]
    [InlineData(typeof(NoAttemptsJob), "0 attempts")]
    [InlineData(typeof(EndlessBackoffJob), "rests")]
    [InlineData(typeof(BriefResultJob), "keeps its result")]
    [InlineData(typeof(ForgetfulJob), "promises a String")]
    [InlineData(typeof(NewVersionJob), "cannot read earlier ones")]
    [InlineData(typeof(NoVersionJob), "version 0")]
    [InlineData(typeof(HastyJob), "expires after")]
    [InlineData(typeof(BadLimitJob), "the limit 'No Name'")]
    public void Add_OfAHandlerThatCannotWork_SaysWhy(Type handler, string reason)
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => _registry.Add(handler));

        Assert.Contains(handler.Name, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OfASecondHandlerWithTheName_NamesBoth()
    {
        _registry.Add(typeof(GoodJob));

        var thrown = Assert.Throws<InvalidOperationException>(() => _registry.Add(typeof(SameNameJob)));

        Assert.Contains("'test.good'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(GoodJob), thrown.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SameNameJob), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OfASecondHandlerForTheArguments_NamesBoth()
    {
        _registry.Add(typeof(GoodJob));

        var thrown = Assert.Throws<InvalidOperationException>(() => _registry.Add(typeof(SameArgsJob)));

        Assert.Contains(nameof(GoodJob), thrown.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SameArgsJob), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddJobs_FindsTheHandlersOfAnAssemblyButNotThoseOnRequestOnly()
    {
        var services = new ServiceCollection();
        services.AddJobs(typeof(Program).Assembly);

        var registry = services.BuildServiceProvider().GetRequiredService<JobRegistry>();

        Assert.Contains("reports.export", registry.Names);
        Assert.DoesNotContain("bench.noop", registry.Names);
    }

    public sealed record Good : IJobArgs;

    public sealed record Other : IJobArgs;

    public sealed record Promise : IJobArgs<string>;

    [Job("test.good", Queue = "slow", Priority = JobPriority.Low, MaxAttempts = 7, BackoffSeconds = 1.5, MaxBackoffSeconds = 9, ResultTtlSeconds = 60)]
    public sealed class GoodJob : Base<Good>;

    [Job("test.good")]
    public sealed class SameNameJob : Base<Other>;

    [Job("test.same-args")]
    public sealed class SameArgsJob : Base<Good>;

    public sealed class NamelessJob : Base<Good>;

    [Job("Has Spaces")]
    public sealed class BadNameJob : Base<Good>;

    [Job("test.queue", Queue = "Not A Queue")]
    public sealed class BadQueueJob : Base<Good>;

    [Job("test.none")]
    public sealed class NoInterfaceJob;

    [Job("test.two")]
    public sealed class TwoInterfacesJob : Base<Good>, IJobHandler<Other>
    {
        public Task RunAsync(Other args, JobContext job) => Task.CompletedTask;
    }

    [Job("test.abstract")]
    public abstract class AbstractJob : Base<Good>;

    [Job("test.attempts", MaxAttempts = 0)]
    public sealed class NoAttemptsJob : Base<Good>;

    [Job("test.backoff", BackoffSeconds = double.PositiveInfinity)]
    public sealed class EndlessBackoffJob : Base<Good>;

    [Job("test.ttl", ResultTtlSeconds = -1)]
    public sealed class BriefResultJob : Base<Good>;

    [Job("test.forgetful")]
    public sealed class ForgetfulJob : Base<Promise>;

    [Job("test.version", Version = 2)]
    public sealed class NewVersionJob : Base<Good>;

    [Job("test.version", Version = 0)]
    public sealed class NoVersionJob : Base<Good>;

    [Job("test.hasty", ExpiresInSeconds = -1)]
    public sealed class HastyJob : Base<Good>;

    [Job("test.limit", Limits = ["No Name"])]
    public sealed class BadLimitJob : Base<Good>;

    public abstract class Base<TArgs> : IJobHandler<TArgs> where TArgs : IJobArgs
    {
        public Task RunAsync(TArgs args, JobContext job) => Task.CompletedTask;
    }
}
