using System.Text.Json;
using LibraryPortal.Hosting.Bench;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis.Records;

namespace LibraryPortal.Tests.Hosting.Bench;

/// <summary>What is timed as serialising is what the stores do.</summary>
public sealed class StoredFormTests
{
    static readonly JobEnvelope Job = new()
    {
        Id = JobId.New(DateTimeOffset.UnixEpoch), Name = "bench.noop", Queue = "bench", Priority = JobPriority.Normal, EnqueuedAt = DateTimeOffset.UnixEpoch,
        Args = JsonSerializer.SerializeToElement(new { number = 7 }), Retry = new RetryPolicy(1, TimeSpan.Zero, TimeSpan.Zero), ResultTtl = TimeSpan.FromHours(1),
    };

    [Fact]
    public void Embedded_ReadsWhatItWrites() => Assert.Equal(Job.Id, StoredForm.Embedded.Read(StoredForm.Embedded.Write(Job))!.Id);

    [Fact]
    public void Redis_ReadsWhatItWrites_AndWritesAnEndThatIsReadAsOne()
    {
        var stored = StoredForm.Redis.Write(Job);
        var outcome = new JobOutcome(new ClaimedJob(Job, 1, 1, 0, false) { Stored = stored }, OutcomeKind.Succeeded) { StartedAt = DateTimeOffset.UnixEpoch };

        var ended = RecordReader.ReadEnded(Job.Id, StoredForm.Redis.End!(outcome));

        Assert.Equal(Job.Id, StoredForm.Redis.Read(stored)!.Id);
        Assert.Equal((JobState.Succeeded, Job.Name), (ended.State, ended.Envelope.Name));
    }
}
