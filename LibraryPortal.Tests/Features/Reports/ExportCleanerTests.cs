using LibraryPortal.Domain;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Features.Reports;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.Reports;

public sealed class ExportCleanerTests : IAsyncLifetime
{
    TestReports _reports = null!;

    public async ValueTask InitializeAsync() => _reports = await TestReports.CreateAsync();

    public ValueTask DisposeAsync() => _reports.DisposeAsync();

    [Fact]
    public async Task RunOnce_AfterSevenDays_RemovesTheFileAndKeepsTheRow()
    {
        var reader = await _reports.AddReaderAsync("rita");
        var started = await _reports.StartAsync(reader);
        await _reports.RunAsync(started);
        _reports.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await CleanAsync()).Expired);
        await using (var opened = TestLibrary.Allowed(await _reports.Get<OpenExportFile>().RunAsync(reader, started.ExportId)).Content)
            Assert.True(opened.CanRead);

        _reports.Clock.Advance(TimeSpan.FromSeconds(1));
        // The moment counts, not the cleaner's round.
        Assert.Equal(RefusalKind.Gone, (await _reports.Get<OpenExportFile>().RunAsync(reader, started.ExportId)).Refusal?.Kind);
        Assert.Equal(1, (await CleanAsync()).Expired);

        Assert.Empty(_reports.FileNames());
        var export = await _reports.FindAsync(started);
        Assert.Equal((ExportState.Expired, 0L), (export.State, export.Rows));
        Assert.Equal(RefusalKind.Gone, (await _reports.Get<OpenExportFile>().RunAsync(reader, started.ExportId)).Refusal?.Kind);
    }

    [Fact]
    public async Task RunOnce_WithFilesNobodyNames_RemovesTheOldOnesOnly()
    {
        var started = await _reports.StartAsync(await _reports.AddReaderAsync("rita"));
        await _reports.RunAsync(started);
        var kept = Assert.Single(_reports.FileNames());
        Write("old.csv.part", hours: 2);
        Write("old.csv", hours: 2);
        Write("young.csv.part", hours: 0);
        File.SetLastWriteTimeUtc(Path.Combine(_reports.Files, kept), _reports.Clock.GetUtcNow().AddHours(-2).UtcDateTime);

        Assert.Equal(2, (await CleanAsync()).Orphans);

        Assert.Equal(new[] { kept, "young.csv.part" }.Order(StringComparer.Ordinal), _reports.FileNames());
    }

    [Fact]
    public async Task OpenExportFile_WhenTheFileWasTakenAway_SaysThatItIsGone()
    {
        var reader = await _reports.AddReaderAsync("rita");
        var started = await _reports.StartAsync(reader);
        Assert.Equal("export-not-ready", (await _reports.Get<OpenExportFile>().RunAsync(reader, started.ExportId)).Refusal?.Rule);
        await _reports.RunAsync(started);
        File.Delete(Path.Combine(_reports.Files, _reports.FileNames()[0]));

        Assert.Equal(ExportRefusals.FileGone, (await _reports.Get<OpenExportFile>().RunAsync(reader, started.ExportId)).Refusal);
    }

    Task<(int Expired, int Orphans)> CleanAsync() => _reports.Get<ExportCleaner>().RunOnceAsync(default);

    void Write(string name, int hours)
    {
        var path = Path.Combine(_reports.Files, name);
        File.WriteAllText(path, "x");
        File.SetLastWriteTimeUtc(path, _reports.Clock.GetUtcNow().AddHours(-hours).UtcDateTime);
    }
}
