namespace LibraryPortal.Features.Loans;

/// <summary>A loan as a librarian sees it.</summary>
public sealed record StaffLoan
{
    public required Guid Id { get; init; }
    public required int TitleId { get; init; }
    public required string BookName { get; init; }
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>The file of an uploaded cover; null for a drawn one.</summary>
    public required string? Cover { get; init; }

    public required string Barcode { get; init; }
    public required string PatronId { get; init; }
    public required string PatronName { get; init; }
    public required string Category { get; init; }
    public required DateTimeOffset LentAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required int Renewals { get; init; }
    public required DateTimeOffset? LostAt { get; init; }

    /// <summary>What is known of a lost copy.</summary>
    public required string? Note { get; init; }

    /// <summary>Requests of the title that wait for a copy.</summary>
    public required int Waiting { get; init; }
}
