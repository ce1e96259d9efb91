using System.Diagnostics;
using LibraryPortal.Circulation.Copies;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Desk;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Desk;

/// <summary>What each scan at the desk means, and does.</summary>
public sealed class HandleScanTests : IAsyncLifetime
{
    TestLibrary _library = null!;

    public async ValueTask InitializeAsync() => _library = await TestLibrary.CreateAsync();

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task Card_IsTheTurnOfItsReader()
    {
        var ada = await _library.AddReaderAsync("ada");
        var answer = await ScanAsync(null, await CardAsync(ada));
        Assert.Equal((DeskTone.Told, ada.UserId, "ada's turn."), (answer.Tone, answer.Patron, answer.Text));
    }

    [Fact]
    public async Task Copy_InAReadersTurn_IsLent_AndAlone_TakenBack_AndUndone()
    {
        var (ada, title) = (await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma"));
        var barcode = title.Copies[0].Barcode;

        var lent = await ScanAsync(ada, $"]C0{barcode}\r");
        Assert.Equal((DeskTone.Done, DeskStepKind.UndoLend), (lent.Tone, lent.Undo!.Kind));
        Assert.Equal(DeskTone.Done, (await StepAsync(lent.Undo)).Tone);
        Assert.Equal([CopyState.Available], await _library.CopyStatesAsync(title));
        lent = await ScanAsync(ada, barcode);
        Assert.Contains("“Emma”", lent.Text, StringComparison.Ordinal);
        Assert.Equal([CopyState.OnLoan], await _library.CopyStatesAsync(title));

        var back = await ScanAsync(null, barcode);
        Assert.Equal((DeskTone.Done, DeskStepKind.UndoReturn), (back.Tone, back.Undo!.Kind));
        Assert.Contains("A1", back.Text, StringComparison.Ordinal);
        Assert.Equal([CopyState.Available], await _library.CopyStatesAsync(title));

        var undone = await StepAsync(back.Undo);
        Assert.Equal(DeskTone.Done, undone.Tone);
        Assert.Equal([CopyState.OnLoan], await _library.CopyStatesAsync(title));
        Assert.Equal(DeskTone.Refused, (await StepAsync(back.Undo)).Tone);
    }

    [Fact]
    public async Task Copy_ThatSomebodyWaitsFor_GoesOnTheHoldShelf_WithASlip()
    {
        var (ada, ben, title) = (await _library.AddReaderAsync("ada"), await _library.AddReaderAsync("ben"), await _library.AddTitleAsync("Emma"));
        await ScanAsync(ada, title.Copies[0].Barcode);
        var request = await _library.RequestAsync(ben, title);
        await _library.ApproveAsync(request);

        var back = await ScanAsync(null, title.Copies[0].Barcode);
        var number = (await _library.FindAsync(request)).DisplayNumber;
        Assert.Equal((DeskTone.Alert, number), (back.Tone, back.Slip));
        Assert.Contains("ben", back.Text, StringComparison.Ordinal);
        Assert.Contains(number, back.Text, StringComparison.Ordinal);

        var slip = TestLibrary.Allowed(await _library.Get<ReadSlip>().RunAsync(_library.Librarian, number));
        Assert.Equal((number, "ben", title.Copies[0].Barcode), (slip.Number, slip.PatronName, slip.Barcode));
        TestLibrary.Refused(await _library.Get<ReadSlip>().RunAsync(ada, number), "staff-only");
        TestLibrary.Refused(await _library.Get<ReadSlip>().RunAsync(_library.Librarian, "R-999999"), "no-slip");

        // Alone it is only told for whom it waits; in ada's turn it is refused, in ben's it is the one that was set aside.
        Assert.Contains("waits on the hold shelf for ben", (await ScanAsync(null, title.Copies[0].Barcode)).Text, StringComparison.Ordinal);
        var refused = await ScanAsync(ada, title.Copies[0].Barcode);
        Assert.Equal((DeskTone.Refused, (DeskStep?)null), (refused.Tone, refused.Offer));
        Assert.Equal(DeskTone.Done, (await ScanAsync(ben, title.Copies[0].Barcode)).Tone);
        Assert.Equal(RequestState.OnLoan, await _library.StateAsync(request));
    }

    [Fact]
    public async Task Copy_OnLoanToSomebodyElse_IsNotLent_ButMayBeTakenBack()
    {
        var (ada, ben, title) = (await _library.AddReaderAsync("ada"), await _library.AddReaderAsync("ben"), await _library.AddTitleAsync("Emma"));
        await ScanAsync(ada, title.Copies[0].Barcode);
        var refused = await ScanAsync(ben, title.Copies[0].Barcode);
        Assert.Equal((DeskTone.Refused, DeskStepKind.TakeBack), (refused.Tone, refused.Offer!.Kind));
        Assert.Contains("is on loan to ada", refused.Text, StringComparison.Ordinal);
        Assert.Equal(DeskTone.Done, (await StepAsync(refused.Offer)).Tone);
        Assert.Equal(DeskTone.Done, (await ScanAsync(ben, title.Copies[0].Barcode)).Tone);
        // One's own comes back, whoever's turn it is.
        Assert.Equal(DeskStepKind.UndoReturn, (await ScanAsync(ben, title.Copies[0].Barcode)).Undo!.Kind);
    }

    [Fact]
    public async Task Refusal_ThatMayBeSetAside_NamesEveryRule_AndNeedsAReason()
    {
        var (ada, title) = (await _library.AddReaderAsync("ada", "Child"), await _library.AddTitleAsync("Emma", copies: 6));
        foreach (var copy in title.Copies.Take(5))
        {
            var other = await _library.AddTitleAsync($"Other {copy.Barcode}");
            Assert.Equal(DeskTone.Done, (await ScanAsync(ada, other.Copies[0].Barcode)).Tone);
        }

        await BlockAsync(ada, "The card was found in the street");
        var refused = await ScanAsync(ada, title.Copies[0].Barcode);
        Assert.Equal((DeskTone.Refused, DeskStepKind.LendAllTheSame), (refused.Tone, refused.Offer!.Kind));
        Assert.Equal(
            ["The account of ada is blocked: The card was found in the street.", "ada has 5 books on loan, the most for Child."], refused.Rules);

        Assert.Equal("reason-empty", (await StepAsync(refused.Offer, " ")).Refusal?.Rule);
        Assert.Equal(DeskTone.Done, (await StepAsync(refused.Offer, "Her mother asked for it")).Tone);
        await using var database = _library.Open();
        Assert.Contains("Her mother asked for it", await database.Audit.Select(entry => entry.Reason).ToListAsync());
    }

    [Theory]
    [InlineData(CopyState.Lost, DeskStepKind.Found)]
    [InlineData(CopyState.InRepair, DeskStepKind.BackFromRepair)]
    public async Task Copy_ThatWasAway_OffersTheWayBack(CopyState state, DeskStepKind step)
    {
        var title = await _library.AddTitleAsync("Emma");
        TestLibrary.Allowed(await _library.Get<MoveCopy>().RunAsync(_library.Librarian, title.Copies[0].Barcode, state, "Gone since May."));
        var answer = await ScanAsync(null, title.Copies[0].Barcode);
        Assert.Equal((DeskTone.Alert, step), (answer.Tone, answer.Offer!.Kind));
        Assert.Contains("Gone since May", answer.Text, StringComparison.Ordinal);
        await StepAsync(answer.Offer);
        Assert.Equal([CopyState.Available], await _library.CopyStatesAsync(title));
    }

    [Fact]
    public async Task Barcode_TypedInSmallLetters_IsFound()
    {
        var title = await _library.AddTitleAsync("Emma");
        await using (var database = _library.Open())
            await database.Copies.Where(copy => copy.TitleId == title.Id).ExecuteUpdateAsync(copy => copy.SetProperty(row => row.Barcode, "C000042"));
        Assert.Contains("“Emma” (C000042)", (await ScanAsync(null, "c000042")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_OnTheShelf_IsToldWhereItBelongs()
    {
        var title = await _library.AddTitleAsync("Emma");
        var answer = await ScanAsync(null, title.Copies[0].Barcode);
        Assert.Equal(DeskTone.Told, answer.Tone);
        Assert.Contains("is not on loan. It belongs on shelf A1.", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Isbn_CountsWhereItCanMeanOneCopyOnly()
    {
        var ada = await _library.AddReaderAsync("ada");
        var one = await AddWithIsbnAsync("Emma", "9780141439587", 1);
        await AddWithIsbnAsync("Persuasion", "9780141439686", 2);

        Assert.Equal(DeskTone.Done, (await ScanAsync(ada, "978-0-14-143958-7")).Tone);
        Assert.Equal(DeskStepKind.UndoReturn, (await ScanAsync(null, "9780141439587")).Undo!.Kind);
        Assert.Equal([CopyState.Available], await _library.CopyStatesAsync(one));
        var several = await ScanAsync(ada, "9780141439686");
        Assert.Equal(DeskTone.Refused, several.Tone);
        Assert.Contains("has 2 copies of “Persuasion”", several.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_FindTheReader_OrSeveralToChooseFrom_OrSayThatThereIsNone()
    {
        var ada = await _library.AddReaderAsync("ada.lovelace");
        await _library.AddReaderAsync("ada.byron");
        Assert.Equal(ada.UserId, (await ScanAsync(null, "LOVE")).Patron);
        Assert.Equal(2, (await ScanAsync(null, "ada")).Choices.Count);
        Assert.Equal("No card, copy or reader is called “zebedee”.", (await ScanAsync(null, "zebedee")).Text);
        // A percent sign is a percent sign.
        Assert.Equal(DeskTone.Refused, (await ScanAsync(null, "a%e")).Tone);
        Assert.Contains("No card and no copy has the number 4711", (await ScanAsync(null, "4711")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_OfACardAndOfACopy_IsNotGuessed()
    {
        var (ada, title) = (await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma"));
        await using (var database = _library.Open())
            await database.Copies.Where(copy => copy.TitleId == title.Id).ExecuteUpdateAsync(copy => copy.SetProperty(row => row.Barcode, CardOf(database, ada)));
        var answer = await ScanAsync(null, await CardAsync(ada));
        Assert.Equal((DeskTone.Refused, (string?)null), (answer.Tone, answer.Patron));
        Assert.Contains("is both the card of ada and the barcode of “Emma”", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoLibrarians_WhoTakeTheSameCopyBackAtOnce_OneIsToldWhyNot()
    {
        var (ada, title) = (await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma"));
        await ScanAsync(ada, title.Copies[0].Barcode);
        var desk = _library.Get<HandleScan>();
        var answers = await Task.WhenAll(
            desk.TakeBackAsync(_library.Librarian, title.Copies[0].Barcode), desk.TakeBackAsync(_library.Librarian, title.Copies[0].Barcode));
        Assert.Single(answers, answer => answer.Tone == DeskTone.Done);
        Assert.Contains("is not on loan", Assert.Single(answers, answer => answer.Tone == DeskTone.Refused).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reader_MayNotScan()
    {
        var (ada, title) = (await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma"));
        var answer = await _library.Get<HandleScan>().RunAsync(ada, ada.UserId, title.Copies[0].Barcode);
        Assert.Equal("staff-only", answer.Refusal?.Rule);
        Assert.Equal([CopyState.Available], await _library.CopyStatesAsync(title));
    }

    [Fact]
    public async Task Scans_AreQuick()
    {
        List<(Caller Reader, string Barcode)> day = [];
        for (var i = 0; i < 20; i++)
        {
            var (reader, title) = (await _library.AddReaderAsync($"reader{i}"), await _library.AddTitleAsync($"Title {i}", 2));
            day.AddRange(title.Copies.Take(1).Select(copy => (reader, copy.Barcode)));
        }

        List<double> times = [];
        foreach (var (reader, barcode) in day)
        {
            foreach (var (turn, text) in new[] { (null, await CardAsync(reader)), (reader, barcode), ((Caller?)null, barcode) })
            {
                var start = Stopwatch.GetTimestamp();
                var answer = await ScanAsync(turn, text);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                Assert.NotEqual(DeskTone.Refused, answer.Tone);
            }
        }

        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"{times.Count} scans: median {times[times.Count / 2]:N1} ms, 95 % within {times[times.Count * 95 / 100]:N1} ms, slowest {times[^1]:N1} ms.");
        // The promise is 150 ms; the median holds it on a machine that does ten other things, too.
        Assert.True(times[times.Count / 2] < 150, $"The median scan took {times[times.Count / 2]:N0} ms.");
    }

    Task<DeskAnswer> ScanAsync(Caller? turn, string text) => _library.Get<HandleScan>().RunAsync(_library.Librarian, turn?.UserId, text);

    Task<DeskAnswer> StepAsync(DeskStep step, string? reason = null) => _library.Get<TakeDeskStep>().RunAsync(_library.Librarian, step, reason);

    async Task<string> CardAsync(Caller reader)
    {
        await using var database = _library.Open();
        return await database.Patrons.Where(patron => patron.UserId == reader.UserId).Select(patron => patron.CardNumber).SingleAsync();
    }

    static string CardOf(LibraryPortal.Data.PortalDbContext database, Caller reader) => database.Patrons.Single(patron => patron.UserId == reader.UserId).CardNumber;

    async Task BlockAsync(Caller reader, string reason)
    {
        await using var database = _library.Open();
        var patron = await database.Patrons.SingleAsync(patron => patron.UserId == reader.UserId);
        TestLibrary.Allowed(patron.Block(reason, null, _library.Librarian.UserId, DateOnly.FromDateTime(_library.Clock.GetUtcNow().UtcDateTime), _library.Clock.GetUtcNow()));
        await database.SaveChangesAsync();
    }

    async Task<Title> AddWithIsbnAsync(string name, string isbn, int copies)
    {
        Assert.True(Isbn.TryParse(isbn, out var parsed));
        var title = new Title(new TitleDetails { Name = name, Isbn = parsed }, _library.Clock.GetUtcNow());
        for (var i = 0; i < copies; i++)
            title.AddCopy($"I-{Guid.NewGuid():N}");
        await using var database = _library.Open();
        database.Titles.Add(title);
        await database.SaveChangesAsync();
        return title;
    }
}
