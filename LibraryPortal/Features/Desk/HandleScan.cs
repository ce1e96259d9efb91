using LibraryPortal.Circulation;
using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Scans;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.Desk;

/// <summary>
/// What one scan means: a card is the turn of its reader; a copy is lent to the reader whose turn it is, or taken back when it is nobody's turn;
/// words look readers up.
/// </summary>
internal sealed class HandleScan(FindScanned find, FindPatrons patrons, LendCopy lend, ReturnCopy takeBack)
{
    const int MostChoices = 8;

    /// <param name="patronId">Whose turn it is; null: nobody's.</param>
    public async Task<DeskAnswer> RunAsync(Caller caller, string? patronId, string? raw, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return DeskAnswer.Refused(refusal);
        var scan = Scan.Of(raw);
        if (!scan.IsAllowed)
            return DeskAnswer.Refused(scan.Refusal);
        var found = await find.RunAsync(scan.Value, cancellationToken);
        return found switch
        {
            { PatronId: not null, Copies: [var copy, ..] } => new DeskAnswer(DeskTone.Refused,
                $"{scan.Value} is both the card of {found.PatronName} and the barcode of “{copy.BookName}”. Type the reader's name; then give one of them a new number."),
            { PatronId: { } patron } => new DeskAnswer(DeskTone.Told, $"{found.PatronName}'s turn.") { Patron = patron },
            { Copies: [var copy] } => patronId is null ? await ReceiveAsync(caller, copy, cancellationToken) : await HandOverAsync(caller, patronId, copy, cancellationToken),
            { Copies: [var copy, ..] } => await OfSeveralAsync(caller, patronId, copy.BookName, found.Copies, cancellationToken),
            _ => await LookUpAsync(caller, scan.Value, cancellationToken),
        };
    }

    async Task<DeskAnswer> ReceiveAsync(Caller caller, ScannedCopy copy, CancellationToken cancellationToken) => copy.State switch
    {
        CopyState.OnLoan => await TakeBackAsync(caller, copy.Barcode, cancellationToken),
        CopyState.SetAside => new DeskAnswer(DeskTone.Told,
            $"“{copy.BookName}” ({copy.Barcode}) waits on the hold shelf for {copy.KeptPatronName}, {BookRequest.FormatNumber(copy.KeptNumber ?? 0)}. Scan the card to lend it.")
        { Slip = BookRequest.FormatNumber(copy.KeptNumber ?? 0) },
        CopyState.Available => new DeskAnswer(DeskTone.Told, $"“{copy.BookName}” ({copy.Barcode}) is not on loan. It belongs {Shelf(copy)}. Scan a card first to lend it."),
        CopyState.Lost => new DeskAnswer(DeskTone.Alert, $"“{copy.BookName}” ({copy.Barcode}) was reported lost{Note(copy)}.") { Offer = new DeskStep(DeskStepKind.Found, "It is found", copy.Barcode) },
        CopyState.InRepair => new DeskAnswer(DeskTone.Alert, $"“{copy.BookName}” ({copy.Barcode}) is in repair{Note(copy)}.")
        { Offer = new DeskStep(DeskStepKind.BackFromRepair, "Back from repair", copy.Barcode) },
        CopyState.Withdrawn => new DeskAnswer(DeskTone.Alert, $"“{copy.BookName}” ({copy.Barcode}) is no longer part of the collection{Note(copy)}. Keep it at the desk."),
    };

    async Task<DeskAnswer> HandOverAsync(Caller caller, string patronId, ScannedCopy copy, CancellationToken cancellationToken)
    {
        // In the reader's hand at the desk, and on loan to this reader: it comes back.
        if (copy.State == CopyState.OnLoan && copy.LoanPatronId == patronId)
            return await TakeBackAsync(caller, copy.Barcode, cancellationToken);
        if (copy.State == CopyState.OnLoan)
        {
            return new DeskAnswer(DeskTone.Refused, $"“{copy.BookName}” ({copy.Barcode}) is on loan to {copy.LoanPatronName}. Take it back first; then scan it again to lend it.")
            {
                Offer = new DeskStep(DeskStepKind.TakeBack, "Take it back", copy.Barcode),
            };
        }

        return await LendAsync(caller, patronId, copy.Barcode, null, cancellationToken);
    }

    /// <summary>Lends a copy; the reason sets rules aside that may be.</summary>
    public async Task<DeskAnswer> LendAsync(Caller caller, string patronId, string barcode, string? overrideReason, CancellationToken cancellationToken = default)
    {
        var lent = await lend.RunAsync(caller, patronId, barcode, overrideReason, cancellationToken);
        if (lent.IsAllowed)
            return new DeskAnswer(DeskTone.Done, lent.Value.Message) { Undo = new DeskStep(DeskStepKind.UndoLend, "Undo", lent.Value.Barcode) { Loan = lent.Value.LoanId } };
        return DeskAnswer.Refused(lent.Refusal) with
        {
            Offer = lent.Refusal.MayOverride ? new DeskStep(DeskStepKind.LendAllTheSame, "Lend all the same…", barcode) { Patron = patronId } : null,
        };
    }

    /// <summary>Takes a copy back; the answer says where it goes.</summary>
    public async Task<DeskAnswer> TakeBackAsync(Caller caller, string barcode, CancellationToken cancellationToken = default)
    {
        var returned = await takeBack.RunAsync(caller, barcode, cancellationToken);
        return returned.IsAllowed
            ? new DeskAnswer(returned.Value.NextNumber is null ? DeskTone.Done : DeskTone.Alert, returned.Value.Message)
            {
                Undo = new DeskStep(DeskStepKind.UndoReturn, "Undo", barcode) { Loan = returned.Value.LoanId },
                Slip = returned.Value.NextNumber,
            }
            : DeskAnswer.Refused(returned.Refusal);
    }

    // The ISBN on a cover says which title, not which copy: it helps only where just one copy can be meant.
    async Task<DeskAnswer> OfSeveralAsync(Caller caller, string? patronId, string bookName, IReadOnlyList<ScannedCopy> copies, CancellationToken cancellationToken)
    {
        var meant = patronId is null
            ? copies.Where(copy => copy.State == CopyState.OnLoan)
            : copies.Where(copy => copy.State == CopyState.Available || copy.KeptPatronId == patronId);
        return meant.ToList() switch
        {
            [var copy] when patronId is null => await ReceiveAsync(caller, copy, cancellationToken),
            [var copy] => await HandOverAsync(caller, patronId!, copy, cancellationToken),
            _ => new DeskAnswer(DeskTone.Refused, $"The library has {copies.Count} copies of “{bookName}”. Scan the library's own barcode, so that it is clear which one this is."),
        };
    }

    async Task<DeskAnswer> LookUpAsync(Caller caller, Scan scan, CancellationToken cancellationToken)
    {
        if (!scan.MayBeName)
            return new DeskAnswer(DeskTone.Refused, $"No card and no copy has the number {scan}. Scan it again, or type the reader's name.");
        var hits = (await patrons.RunAsync(caller, new PatronSearch(scan.Text), 1, MostChoices, cancellationToken)).Value;
        return hits?.Items switch
        {
            null or [] => new DeskAnswer(DeskTone.Refused, $"No card, copy or reader is called “{scan}”."),
            [var only] => new DeskAnswer(DeskTone.Told, $"{only.Name}'s turn.") { Patron = only.UserId },
            var several => new DeskAnswer(DeskTone.Told, hits.Total > several.Count
                ? $"{hits.Total:N0} readers match “{scan}”; the first {several.Count} are shown. Type more of the name."
                : $"{hits.Total} readers match “{scan}”. Choose one.")
            { Choices = several },
        };
    }

    static string Shelf(ScannedCopy copy) => copy.Shelf is { } shelf ? $"on shelf {shelf}" : "on the shelf";

    static string Note(ScannedCopy copy) => copy.Note is { } note ? $" ({note.TrimEnd('.')})" : "";
}
