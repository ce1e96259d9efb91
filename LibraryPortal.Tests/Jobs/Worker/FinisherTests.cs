using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace LibraryPortal.Tests.Jobs.Worker;

/// <summary>What goes to the store in which call. Each call puts what it hands back in front of its lane, in its order.</summary>
public sealed class FinisherTests
{
    readonly List<JobId[]> _calls = [];
    readonly RunSet _runs = new();
    readonly Finisher _finisher;
    readonly ProgressFlusher _flusher;
    int _mostPerCall = int.MaxValue;

    public FinisherTests()
    {
        var (store, clock, log) = (Substitute.For<IJobStore>(), new ManualClock(), NullLogger.Instance);
        store.FinishAsync(default!, default!, CancellationToken.None).ReturnsForAnyArgs(call =>
        {
            var outcomes = call.Arg<IReadOnlyList<JobOutcome>>();
            if (outcomes.Count > _mostPerCall)
                throw new InvalidOperationException("One of them cannot be written.");
            _calls.Add([.. outcomes.Select(static outcome => outcome.Job.Envelope.Id)]);
            return Task.FromResult<IReadOnlyList<bool>>([.. outcomes.Select(static _ => true)]);
        });
        _flusher = new ProgressFlusher(store, clock, log);
        _finisher = new Finisher(store, _runs, clock, new Random(1), new Surprises(log), log);
    }

    [Fact]
    public async Task HandedBackTogether_ShareNoCallWithOthers_AndOfSeveralCallsTheLastGoFirst()
    {
        var (before, together, after) = (Released(1), Released((2 * BatchLimits.Jobs) + 1), Released(2));

        Add(before);
        _finisher.Add(together);
        Add(after);
        await TellAsync();

        Assert.Equal([Ids(before), Ids(together[^1..]), Ids(together[BatchLimits.Jobs..^1]), Ids(together[..BatchLimits.Jobs]), Ids(after)], _calls);
        Assert.Empty(_runs.All);
    }

    [Fact]
    public async Task HandedBackTogether_WhereTheyCanOnlyBeWrittenSingly_TheLastGoFirst()
    {
        _mostPerCall = 1;
        var together = Released(3);

        _finisher.Add(together);
        await TellAsync();

        Assert.Equal(Ids(together).Reverse(), _calls.Select(Assert.Single));
    }

    void Add((Run Run, JobOutcome Outcome)[] each)
    {
        foreach (var (run, outcome) in each)
            _finisher.Add(run, outcome);
    }

    async Task TellAsync()
    {
        _finisher.Close();
        await _finisher.RunAsync(CancellationToken.None);
    }

    (Run Run, JobOutcome Outcome)[] Released(int count)
    {
        var released = new (Run Run, JobOutcome Outcome)[count];
        for (var i = 0; i < count; i++)
        {
            var run = new Run(SampleClaim.New(), "w", _flusher, claimedAt: 0);
            _runs.Add(run);
            released[i] = (run, new JobOutcome(run.Job, OutcomeKind.Released));
        }

        return released;
    }

    static JobId[] Ids((Run Run, JobOutcome Outcome)[] released) => [.. released.Select(static pair => pair.Run.Id)];
}
