using LibraryPortal.Domain;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Reports;
using LibraryPortal.Live;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Reports;

public sealed class StartExportTests : IAsyncLifetime
{
    TestReports _reports = null!;

    public async ValueTask InitializeAsync() => _reports = await TestReports.CreateAsync();

    public ValueTask DisposeAsync() => _reports.DisposeAsync();

    [Fact]
    public async Task ExportMyRequests_WritesRowAndJobTogetherAndTellsTheReadersPages()
    {
        var reader = await _reports.AddReaderAsync("rita");
        List<LiveChange> heard = [];
        using var subscription = _reports.Get<ILiveBoard>().Subscribe(reader.UserId, heard.Add);

        var started = await _reports.StartAsync(reader);

        var export = await _reports.FindAsync(started);
        Assert.Equal((ExportState.Queued, reader.UserId, reader.UserId, started.JobId.Value), (export.State, export.OwnerId, export.RequestedById, export.JobId));
        Assert.Equal(4, export.Id.Version);
        await using var database = _reports.Open();
        Assert.Equal(started.JobId, (await database.Outbox.SingleAsync()).JobId);
        Assert.Equal([new ExportChanged(reader.UserId, started.ExportId)], heard);
    }

    [Fact]
    public async Task ExportMyRequests_ClickedTwentyTimesAtOnce_MakesOneExport()
    {
        var reader = await _reports.AddReaderAsync("rita");

        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _reports.StartAsync(reader))));

        Assert.Single(started.Select(one => (one.ExportId, one.JobId)).Distinct());
        Assert.Single(started, one => one.IsNew);
        await using var database = _reports.Open();
        Assert.Equal(1, await database.ReportExports.CountAsync());
        Assert.Equal(1, await database.Outbox.CountAsync());
    }

    [Fact]
    public async Task ExportMyRequests_AfterTheFirstEnded_MakesAnother()
    {
        var reader = await _reports.AddReaderAsync("rita");
        var first = await _reports.StartAsync(reader);
        await _reports.RunAsync(first);

        Assert.NotEqual(first.ExportId, (await _reports.StartAsync(reader)).ExportId);
    }

    [Fact]
    public async Task ExportMyRequests_OfTwoReaders_AreTwoExports()
    {
        var first = await _reports.StartAsync(await _reports.AddReaderAsync("rita"));
        var second = await _reports.StartAsync(await _reports.AddReaderAsync("rolf"));

        Assert.NotEqual(first.ExportId, second.ExportId);
    }

    [Fact]
    public async Task ExportMyRequests_WithThreeActive_IsRefusedUntilOneIsCancelled()
    {
        var reader = await _reports.AddReaderAsync("rita");
        var export = _reports.Get<ExportMyRequests>();
        TestLibrary.Allowed(await export.RunAsync(reader, RequestState.Pending));
        TestLibrary.Allowed(await export.RunAsync(reader, RequestState.OnLoan));
        var third = TestLibrary.Allowed(await export.RunAsync(reader, RequestState.Ready));

        var refusal = TestLibrary.Refused(await export.RunAsync(reader), "active-exports");
        Assert.Equal(RefusalKind.LimitReached, refusal.Kind);
        Assert.Contains("3 exports", refusal.Message, StringComparison.Ordinal);

        TestLibrary.Allowed(await _reports.Get<CancelExport>().RunAsync(reader, third.ExportId));
        TestLibrary.Allowed(await export.RunAsync(reader));
    }

    [Fact]
    public async Task ExportMyRequests_OverTheDaysLimit_SaysWhenTheNextIsPossible()
    {
        await using var reports = await TestReports.CreateAsync(("Reports:MaxPerDay", "2"));
        var reader = await reports.AddReaderAsync("rita");
        var first = reports.Clock.GetUtcNow();
        await reports.RunAsync(await reports.StartAsync(reader));
        reports.Clock.Advance(TimeSpan.FromHours(1));
        await reports.RunAsync(await reports.StartAsync(reader));
        reports.Clock.Advance(TimeSpan.FromHours(1));

        var refusal = TestLibrary.Refused(await reports.Get<ExportMyRequests>().RunAsync(reader), "exports-per-day");
        Assert.Equal(first.AddHours(24), refusal.EarliestAt);
        Assert.Contains("in 22 hours", refusal.Message, StringComparison.Ordinal);

        reports.Clock.Advance(TimeSpan.FromHours(22) - TimeSpan.FromSeconds(1));
        TestLibrary.Refused(await reports.Get<ExportMyRequests>().RunAsync(reader), "exports-per-day");
        reports.Clock.Advance(TimeSpan.FromSeconds(1));
        await reports.StartAsync(reader);
    }

    [Fact]
    public async Task RunExportAgain_AsALibrarian_BelongsToTheReader()
    {
        var reader = await _reports.AddReaderAsync("rita");
        var first = await _reports.StartAsync(reader);
        await _reports.RunAsync(first);

        var again = TestLibrary.Allowed(await _reports.Get<RunExportAgain>().RunAsync(_reports.Librarian, first.ExportId));

        var export = await _reports.FindAsync(again);
        Assert.Equal((reader.UserId, "librarian"), (export.OwnerId, export.RequestedById));
    }

    [Fact]
    public async Task CancelExport_WhileItWaits_CancelsRowAndJob()
    {
        var reader = await _reports.AddReaderAsync("rita");
        var started = await _reports.StartAsync(reader);

        TestLibrary.Allowed(await _reports.Get<CancelExport>().RunAsync(reader, started.ExportId));

        Assert.Equal(ExportState.Cancelled, (await _reports.FindAsync(started)).State);
        await using var database = _reports.Open();
        var messages = await database.Outbox.OrderBy(message => message.Id).ToListAsync();
        Assert.Equal([LibraryPortal.Data.Outbox.OutboxKind.Enqueue, LibraryPortal.Data.Outbox.OutboxKind.Cancel], messages.Select(message => message.Kind));
        Assert.All(messages, message => Assert.Equal(started.JobId, message.JobId));
        TestLibrary.Refused(await _reports.Get<CancelExport>().RunAsync(reader, started.ExportId), "export-ended");
        Assert.Empty(await _reports.NoticesAsync(reader));
    }

    [Fact]
    public async Task Everything_OfAnotherReadersExport_IsAsIfThereWereNone()
    {
        var owner = await _reports.AddReaderAsync("rita");
        var other = await _reports.AddReaderAsync("mallory");
        var started = await _reports.StartAsync(owner);
        await _reports.RunAsync(started);

        Refusal?[] refusals =
        [
            (await _reports.Get<OpenExportFile>().RunAsync(other, started.ExportId)).Refusal,
            (await _reports.Get<CancelExport>().RunAsync(other, started.ExportId)).Refusal,
            (await _reports.Get<RunExportAgain>().RunAsync(other, started.ExportId)).Refusal,
            (await _reports.Get<OpenExportFile>().RunAsync(other, Guid.NewGuid())).Refusal,
        ];

        Assert.All(refusals, refusal => Assert.Equal(ExportRefusals.NotFound, refusal));
        Assert.Empty((await _reports.Get<ListMyExports>().RunAsync(other, 1)).Items);
        Assert.Equal(ExportState.Ready, (await _reports.FindAsync(started)).State);
    }
}
