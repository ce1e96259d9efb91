using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain.Notices;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Features.Reports;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Reports;

public sealed class ExportReconcilerTests : IAsyncLifetime
{
    TestReports _reports = null!;
    Caller _reader = null!;
    StartedExport _started = null!;

    public async ValueTask InitializeAsync()
    {
        _reports = await TestReports.CreateAsync();
        _reader = await _reports.AddReaderAsync("rita");
        _started = await _reports.StartAsync(_reader);
    }

    public ValueTask DisposeAsync() => _reports.DisposeAsync();

    [Theory]
    [InlineData(JobState.Failed, ExportState.Failed, "Your report could not be made. Writing it failed 5 times.")]
    [InlineData(JobState.Expired, ExportState.Failed, "Your report could not be made.")]
    [InlineData(JobState.Quarantined, ExportState.Failed, "Your report could not be made. The program stopped several times")]
    [InlineData(JobState.Cancelled, ExportState.Cancelled, "Your report was cancelled by the library.")]
    public async Task RunOnce_WhenTheJobEnded_EndsTheExportAndTellsTheReaderOnce(JobState job, ExportState expected, string notice)
    {
        await _reports.EmptyOutboxAsync();
        _reports.Jobs.Set(_started.JobId, job, "System.IO.IOException: /var/lib/secret is full", attempt: 5);

        Assert.Equal(1, await RunOnceAsync());
        Assert.Equal(0, await RunOnceAsync());

        var export = await _reports.FindAsync(_started);
        Assert.Equal((expected, _reports.Clock.GetUtcNow()), (export.State, export.FinishedAt));
        var told = Assert.Single(await _reports.NoticesAsync(_reader));
        Assert.Equal(NoticeKind.ReportFailed, told.Kind);
        Assert.StartsWith(notice, told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Text + export.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobState.Scheduled)]
    [InlineData(JobState.Queued)]
    [InlineData(JobState.Running)]
    public async Task RunOnce_WhileTheJobLives_LeavesTheExport(JobState job)
    {
        await _reports.EmptyOutboxAsync();
        _reports.Jobs.Set(_started.JobId, job);

        Assert.Equal(0, await RunOnceAsync());

        Assert.Equal(ExportState.Queued, (await _reports.FindAsync(_started)).State);
    }

    [Fact]
    public async Task RunOnce_WhileTheJobIsInTheOutbox_LeavesTheExport()
    {
        Assert.Equal(0, await RunOnceAsync());

        Assert.Equal(ExportState.Queued, (await _reports.FindAsync(_started)).State);
    }

    [Fact]
    public async Task RunOnce_WhenTheEngineRefusedTheJob_FailsTheExport()
    {
        await using (var database = _reports.Open())
            await database.Outbox.ExecuteUpdateAsync(row => row.SetProperty(message => message.RefusedAt, _reports.Clock.GetUtcNow()));

        await RunOnceAsync();

        Assert.Equal(ExportState.Failed, (await _reports.FindAsync(_started)).State);
    }

    [Fact]
    public async Task RunOnce_WhenTheEngineLostTheJob_EnqueuesTheSameAgain()
    {
        await _reports.EmptyOutboxAsync();

        Assert.Equal(1, await RunOnceAsync());

        var message = Assert.Single(await OutboxAsync());
        Assert.Equal((OutboxKind.Enqueue, _started.JobId), (message.Kind, message.JobId));
        Assert.Equal(0, await RunOnceAsync());
    }

    [Fact]
    public async Task RunOnce_WhenTheDatabaseLostItsLastMoments_RunsTheExportAsANewJob()
    {
        await _reports.EmptyOutboxAsync();
        _reports.Jobs.Set(_started.JobId, JobState.Succeeded);

        await RunOnceAsync();

        var message = Assert.Single(await OutboxAsync());
        Assert.NotEqual(_started.JobId, message.JobId);
        Assert.Equal(message.JobId.Value, (await _reports.FindAsync(_started)).JobId);
    }

    [Fact]
    public async Task RunOnce_WhileTheStoreIsOut_ChangesNothing()
    {
        await _reports.EmptyOutboxAsync();
        _reports.Jobs.Outage = "Redis at nowhere:1 does not answer.";

        await Assert.ThrowsAsync<JobStoreUnavailableException>(RunOnceAsync);

        Assert.Equal(ExportState.Queued, (await _reports.FindAsync(_started)).State);
        Assert.Empty(await OutboxAsync());
    }

    [Fact]
    public async Task Reconciler_WhenAnEventSaysThatTheJobFailed_EndsTheExportAtOnce()
    {
        await _reports.EmptyOutboxAsync();
        _reports.Jobs.Set(_started.JobId, JobState.Running);
        var reconciler = _reports.Get<ExportReconciler>();
        await reconciler.StartAsync(default);
        var ended = new TaskCompletionSource();
        using var subscription = _reports.Get<LibraryPortal.Live.ILiveBoard>().Subscribe(_reader.UserId, change =>
        {
            if (change is LibraryPortal.Live.NoticeAdded)
                ended.TrySetResult();
        });

        _reports.Jobs.Set(_started.JobId, JobState.Failed);
        _reports.Get<LibraryPortal.Live.LiveBoard>().Deliver(
            new LibraryPortal.Live.JobChanged(_started.JobId, ExportReportJob.JobName, JobState.Failed, _reader.UserId, null));

        await ended.Task.WaitAsync(Eventually.Deadline);
        Assert.Equal(ExportState.Failed, (await _reports.FindAsync(_started)).State);
        await reconciler.StopAsync(default);
    }

    [Fact]
    public async Task FailedExport_WhoseJobAnAdminRunsAgain_BecomesReady()
    {
        await _reports.EmptyOutboxAsync();
        _reports.Jobs.Set(_started.JobId, JobState.Failed);
        await RunOnceAsync();

        await _reports.RunAsync(_started);

        var export = await _reports.FindAsync(_started);
        Assert.Equal((ExportState.Ready, (string?)null), (export.State, export.Error));
        Assert.Equal([NoticeKind.ReportFailed, NoticeKind.ReportReady], (await _reports.NoticesAsync(_reader)).Select(notice => notice.Kind));
    }

    Task<int> RunOnceAsync() => _reports.Get<ExportReconciler>().RunOnceAsync(null, default);

    async Task<List<OutboxMessage>> OutboxAsync()
    {
        await using var database = _reports.Open();
        return await database.Outbox.AsNoTracking().ToListAsync();
    }
}
