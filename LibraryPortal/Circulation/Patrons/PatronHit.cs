namespace LibraryPortal.Circulation.Patrons;

/// <summary>A reader in a list for the staff.</summary>
public sealed record PatronHit
{
    public required string UserId { get; init; }
    public required string Name { get; init; }
    public required string CardNumber { get; init; }
    public required string Category { get; init; }
    public required string? Email { get; init; }

    /// <summary>False: the membership has ended.</summary>
    public required bool IsActive { get; init; }

    /// <summary>A librarian has blocked them, today too.</summary>
    public required bool IsBlocked { get; init; }

    /// <summary>Copies they have.</summary>
    public required int Loans { get; init; }

    /// <summary>Those of <see cref="Loans"/> that are past their date.</summary>
    public required int Overdue { get; init; }

    /// <summary>Copies set aside for them.</summary>
    public required int Ready { get; init; }
}
