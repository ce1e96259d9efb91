namespace LibraryPortal.Circulation.Loans;

/// <summary>What a return did, for the librarian with the copy in hand.</summary>
/// <param name="DaysLate">0: in time.</param>
/// <param name="Shelf">Where the copy belongs; null: not told.</param>
/// <param name="NextReader">For whom the copy is set aside now; null: it goes back on the shelf.</param>
/// <param name="NextNumber">That reader's request.</param>
/// <param name="Message">One or two sentences: what was done and what to do with the copy.</param>
public sealed record ReturnAnswer(
    Guid LoanId, string BookName, string Barcode, string PatronName, int DaysLate, string? Shelf, string? NextReader, string? NextNumber, string Message);
