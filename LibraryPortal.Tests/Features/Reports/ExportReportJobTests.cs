using System.Security.Cryptography;
using System.Text;
using LibraryPortal.Domain.Notices;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Features.Reports;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.Reports;

public sealed class ExportReportJobTests : IAsyncLifetime
{
    TestReports _reports = null!;

    public async ValueTask InitializeAsync() => _reports = await TestReports.CreateAsync();

    public ValueTask DisposeAsync() => _reports.DisposeAsync();

    [Fact]
    public async Task Run_WritesTheReadersRequestsAndTheReceipt()
    {
        var reader = await _reports.AddReaderAsync("rita");
        await _reports.Build.AddRequestsAsync(reader.UserId, 60);
        await _reports.Build.AddRequestsAsync((await _reports.AddReaderAsync("other")).UserId, 10);
        var started = await _reports.StartAsync(reader);
        using var job = new InlineJob();

        var file = await _reports.RunAsync(started, job);

        var export = await _reports.FindAsync(started);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(_reports.Files, export.StoredName!));
        Assert.Equal((ExportState.Ready, 60L, (long)bytes.Length), (export.State, export.Rows, export.Size));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), export.Sha256);
        Assert.Equal(new ReportFile(export.Id, "my-requests-2026-03-02.csv", 60, bytes.Length, export.Sha256!), file);
        Assert.Equal(_reports.Clock.GetUtcNow().AddDays(7), export.ExpiresAt);
        Assert.Equal([new JobProgress(0, 60, "Writing rows"), new JobProgress(50, 60, "Writing rows"), new JobProgress(60, 60, "Finishing")], job.Progress);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_reports.Files, export.StoredName!)));

        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal("Request no.,Title,Authors,ISBN,Status,Requested,Decided,Collected,Due,Returned,Days late,Renewals,Note", lines[0]);
        Assert.Equal(62, lines.Length);
        Assert.Equal("R-000001,Volume 1,Author 1,,Waiting for a librarian,2026-02-27 21:00,,,,,,,", lines[1]);
        Assert.Equal("R-000002,Volume 2,Author 2,,Declined,2026-02-27 22:00,2026-02-27 22:10,,,,,,Only for use in the reading room.", lines[2]);
        Assert.Equal("R-000006,Volume 6,Author 6,,On loan,2026-02-28 02:00,2026-02-28 02:10,2026-02-28 02:20,2026-03-21,,0,0,", lines[6]);
        Assert.StartsWith("R-000025,\"'@volume \"\"25\"\", again\",Author 25,,Ready to collect,", lines[25], StringComparison.Ordinal);
        Assert.StartsWith("R-000050,'=1+50,", lines[50], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithALateBook_CountsTheDays()
    {
        var reader = await _reports.AddReaderAsync("rita");
        await _reports.Build.AddRequestsAsync(reader.UserId, 6);
        _reports.Clock.Advance(TimeSpan.FromDays(30));

        await _reports.RunAsync(await _reports.StartAsync(reader));

        var line = (await File.ReadAllLinesAsync(Path.Combine(_reports.Files, Assert.Single(_reports.FileNames()))))[6];
        // Lent on 2 March for 21 days; it is 1 April.
        Assert.EndsWith(",2026-03-23,,9,0,", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhenReady_TellsTheReaderOnce()
    {
        var reader = await _reports.AddReaderAsync("rita");
        var started = await _reports.StartAsync(reader);
        List<LiveChange> heard = [];
        using var subscription = _reports.Get<ILiveBoard>().Subscribe(reader.UserId, heard.Add);

        var first = await _reports.RunAsync(started);
        var second = await _reports.RunAsync(started);

        Assert.Equal(first, second);
        var notice = Assert.Single(await _reports.NoticesAsync(reader));
        Assert.Equal((NoticeKind.ReportReady, "Your report of 0 requests is ready.", $"/exports/{started.ExportId}/file"), (notice.Kind, notice.Text, notice.Link));
        Assert.Contains(new NoticeAdded(reader.UserId, notice.Id), heard);
        var mail = Assert.Single(await _reports.MailsAsync());
        Assert.Equal(("rita@example.org", "report.ready", reader.UserId), (mail.To, mail.Kind, mail.UserId));
        Assert.Contains("/me/exports", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(started.ExportId.ToString(), mail.TextBody, StringComparison.Ordinal);
        Assert.Single(_reports.FileNames());
    }

    [Fact]
    public async Task Run_ByTwoWorkersAtOnce_RecordsOneOutcome()
    {
        var reader = await _reports.AddReaderAsync("rita");
        await _reports.Build.AddRequestsAsync(reader.UserId, 5);
        var started = await _reports.StartAsync(reader);
        // Both have written all their rows before either goes on to record its file.
        using var both = new Barrier(2);
        Task<ReportFile> RunOne() => Task.Run(() => _reports.RunAsync(started, new InlineJob
        {
            OnProgress = progress =>
            {
                if (progress.Message == "Finishing")
                    Assert.True(both.SignalAndWait(Eventually.Deadline));
                return Task.CompletedTask;
            },
        }));

        var files = await Task.WhenAll(RunOne(), RunOne());

        Assert.Equal(files[0], files[1]);
        Assert.Single(await _reports.NoticesAsync(reader));
        Assert.Single(await _reports.MailsAsync());
        Assert.Equal((await _reports.FindAsync(started)).StoredName, Assert.Single(_reports.FileNames()));
    }

    [Fact]
    public async Task Run_WhenCancelledMeanwhile_LeavesNoFileAndNoNotice()
    {
        var reader = await _reports.AddReaderAsync("rita");
        var started = await _reports.StartAsync(reader);
        using var job = new InlineJob { OnProgress = async _ => await _reports.Get<CancelExport>().RunAsync(reader, started.ExportId) };

        await Assert.ThrowsAsync<InvalidOperationException>(() => _reports.RunAsync(started, job));

        Assert.Equal(ExportState.Cancelled, (await _reports.FindAsync(started)).State);
        Assert.Empty(_reports.FileNames());
        Assert.Empty(await _reports.NoticesAsync(reader));
        Assert.Empty(await _reports.MailsAsync());
        // Should the job come again, there is nothing for it to do.
        await Assert.ThrowsAsync<JobFailedException>(() => _reports.RunAsync(started));
    }

    [Fact]
    public async Task Run_WhenStoppedInTheMiddle_LeavesNoFile()
    {
        var reader = await _reports.AddReaderAsync("rita");
        await _reports.Build.AddRequestsAsync(reader.UserId, 120);
        var started = await _reports.StartAsync(reader);
        InlineJob job = null!;
        job = new InlineJob
        {
            OnProgress = progress =>
            {
                if (progress.Done == 100)
                    job.Cancel();
                return Task.CompletedTask;
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _reports.RunAsync(started, job));

        Assert.Empty(_reports.FileNames());
        Assert.Equal(ExportState.Running, (await _reports.FindAsync(started)).State);
        // The engine gives it to another worker, which ends it.
        await _reports.RunAsync(started);
        Assert.Equal(120, (await _reports.FindAsync(started)).Rows);
        job.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_AfterOneThatWasKilled_LeavesNoFileOfIt(bool isRecorded)
    {
        var reader = await _reports.AddReaderAsync("rita");
        var started = await _reports.StartAsync(reader);
        if (isRecorded)
            await _reports.RunAsync(started);
        var files = _reports.Get<ReportFiles>();
        // Killed after its file had its name.
        await using (var named = files.Begin(started.ExportId, ".csv"))
            await named.CompleteAsync(default);
        await using var rival = files.Begin(started.ExportId, ".csv");
        await using (var other = files.Begin(Guid.NewGuid(), ".csv"))
            await other.CompleteAsync(default);

        await _reports.RunAsync(started);

        var stored = (await _reports.FindAsync(started)).StoredName;
        Assert.Equal(stored, Assert.Single(_reports.FileNames(), name => name.StartsWith($"{started.ExportId:N}", StringComparison.Ordinal) && name.EndsWith(".csv", StringComparison.Ordinal)));
        // Another export's file, and what a run that lives still writes, are left alone.
        Assert.Equal(3, _reports.FileNames().Count);
        await rival.CompleteAsync(default);
    }

    [Fact]
    public async Task Run_OfAnExportThatIsGone_FailsForGood() =>
        await Assert.ThrowsAsync<JobFailedException>(() => _reports.Get<ExportReportJob>().RunAsync(new ExportReport(Guid.NewGuid()), new InlineJob()));
}
