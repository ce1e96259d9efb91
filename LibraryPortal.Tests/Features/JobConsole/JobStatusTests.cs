using LibraryPortal.Features.JobConsole;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.JobConsole;

public sealed class JobStatusTests
{
    static readonly Caller Reader = new("rita", IsLibrarian: false, IsAdmin: false);
    static readonly Caller Librarian = new("lena", IsLibrarian: true, IsAdmin: false);

    [Theory]
    [InlineData(JobState.Waiting, 0, "PENDING")]
    [InlineData(JobState.Scheduled, 0, "PENDING")]
    [InlineData(JobState.Scheduled, 1, "RETRY")]
    [InlineData(JobState.Queued, 0, "PENDING")]
    [InlineData(JobState.Running, 1, "STARTED")]
    [InlineData(JobState.Succeeded, 1, "SUCCESS")]
    [InlineData(JobState.Failed, 5, "FAILURE")]
    [InlineData(JobState.Quarantined, 1, "FAILURE")]
    [InlineData(JobState.Cancelled, 0, "REVOKED")]
    [InlineData(JobState.Expired, 0, "REVOKED")]
    public void From_InEachState_SaysCelerysWordAndOurs(JobState state, int attempt, string word)
    {
        var status = JobStatus.From(Job(state, attempt), Reader, null);

        Assert.Equal((word, state.ToString()), (status.Status, status.State));
    }

    [Fact]
    public void From_OfAFailure_TellsTheTextOfTheErrorToTheStaffOnly()
    {
        var job = Job(JobState.Failed, 5) with { Error = "System.IO.IOException: /srv/secret is full" };

        Assert.Equal("It failed 5 times. The library's staff can see why.", JobStatus.From(job, Reader, null).Error);
        Assert.Equal(job.Error, JobStatus.From(job, Librarian, null).Error);
    }

    static JobRecord Job(JobState state, int attempt) =>
        new() { Envelope = ScriptedJobs.Envelope(JobId.New(), "reports.export"), State = state, Attempt = attempt };
}
