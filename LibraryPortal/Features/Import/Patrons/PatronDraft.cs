namespace LibraryPortal.Features.Import.Patrons;

/// <summary>A row that can become a reader.</summary>
/// <param name="Row">Its number in the file.</param>
/// <param name="Card">Null: the next free number.</param>
internal sealed record PatronDraft(int Row, string Name, string? Email, string? UserName, string? Card, string Category, string? Notes);
