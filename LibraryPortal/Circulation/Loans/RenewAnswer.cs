using LibraryPortal.Domain;

namespace LibraryPortal.Circulation.Loans;

/// <summary>What became of one of several loans to renew.</summary>
/// <param name="Message">The sentence to show, of the renewal or of its refusal.</param>
/// <param name="Refusal">Null when it was renewed.</param>
public sealed record RenewAnswer(Guid LoanId, string Message, Refusal? Refusal);
