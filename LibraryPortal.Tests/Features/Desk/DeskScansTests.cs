using LibraryPortal.Domain.Catalog;
using LibraryPortal.Features.Desk;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Desk;

/// <summary>What one desk makes of scans that come twice, and of scans that fail.</summary>
public sealed class DeskScansTests : IAsyncLifetime
{
    TestLibrary _library = null!;
    DeskScans _desk = null!;
    Caller _ada = null!;
    Title _emma = null!;

    public async ValueTask InitializeAsync()
    {
        _library = await TestLibrary.CreateAsync();
        _desk = _library.Get<DeskScans>();
        (_ada, _emma) = (await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma"));
    }

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task BarcodeReadTwice_CountsOnce_AndALaterScanIsMeant()
    {
        Assert.Equal(DeskTone.Done, (await ScanAsync(_ada)).Tone);
        _library.Clock.Advance(TimeSpan.FromSeconds(1.9));
        var repeat = await ScanAsync(_ada);
        Assert.Equal((DeskTone.Told, (DeskStep?)null), (repeat.Tone, repeat.Undo));
        Assert.Contains("was read twice and counts once", repeat.Text, StringComparison.Ordinal);
        Assert.Equal([CopyState.OnLoan], await _library.CopyStatesAsync(_emma));

        _library.Clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(DeskStepKind.UndoReturn, (await ScanAsync(_ada)).Undo?.Kind);
        // Nor is what was just taken back lent again.
        Assert.Equal(DeskTone.Told, (await ScanAsync(_ada)).Tone);
        Assert.Equal([CopyState.Available], await _library.CopyStatesAsync(_emma));
    }

    [Fact]
    public async Task SameBarcode_IsMeant_InAnotherTurn_AtAnotherDesk_AndAfterAnotherStep()
    {
        await ScanAsync(_ada);
        Assert.Equal(DeskStepKind.UndoReturn, (await ScanAsync(null)).Undo?.Kind);
        await ScanAsync(_ada);
        _desk.Forget();
        Assert.Equal(DeskStepKind.UndoReturn, (await ScanAsync(_ada)).Undo?.Kind);
        Assert.Equal(DeskStepKind.UndoLend, (await _library.Get<DeskScans>().RunAsync(_library.Librarian, _ada.UserId, _emma.Copies[0].Barcode)).Undo?.Kind);
    }

    [Fact]
    public async Task FailedScan_IsRefusedInWords_AndMayBeScannedAgainAtOnce()
    {
        await using var database = _library.Open();
        await database.Database.ExecuteSqlRawAsync("CREATE TRIGGER Bad BEFORE INSERT ON Loans BEGIN SELECT RAISE(ABORT, 'no'); END");

        var failed = await ScanAsync(_ada);

        Assert.Equal((DeskTone.Refused, "That scan did not go through. Scan it again."), (failed.Tone, failed.Text));
        Assert.Equal([CopyState.Available], await _library.CopyStatesAsync(_emma));
        await database.Database.ExecuteSqlRawAsync("DROP TRIGGER Bad");
        Assert.Equal(DeskTone.Done, (await ScanAsync(_ada)).Tone);
    }

    Task<DeskAnswer> ScanAsync(Caller? turn) => _desk.RunAsync(_library.Librarian, turn?.UserId, _emma.Copies[0].Barcode);
}
