namespace LibraryPortal.Features.Me;

/// <summary>A book the reader had.</summary>
public sealed record MyPastLoan(Guid LoanId, int TitleId, string BookName, IReadOnlyList<string> Authors, string? Cover, DateTimeOffset LentAt, DateTimeOffset ReturnedAt);
