namespace LibraryPortal.Domain.Requests;

/// <summary>A loan of a title that is over.</summary>
public sealed record PastLoan(DateOnly Lent, DateOnly Due, DateOnly Returned);
