namespace LibraryPortal.Domain.Rules;

/// <summary>What the rules need to know of a loan.</summary>
public sealed record LoanFacts
{
    public required string BookName { get; init; }

    public DateTimeOffset LentAt { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How often it was renewed.</summary>
    public int Renewals { get; init; }

    /// <summary>The copy was reported lost.</summary>
    public bool IsLost { get; init; }

    /// <summary>Anything happened to it since it began: renewed, moved, lost, returned and taken back.</summary>
    public bool HasChanged { get; init; }

    /// <summary>Null while the copy is out.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }
}
