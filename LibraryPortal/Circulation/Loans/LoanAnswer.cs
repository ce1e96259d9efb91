namespace LibraryPortal.Circulation.Loans;

/// <summary>What a change of a loan did, for the person who made it.</summary>
/// <param name="Message">One or two sentences: what was done, until when.</param>
public sealed record LoanAnswer(Guid LoanId, string BookName, string Barcode, DateTimeOffset DueAt, string Message);
