using LibraryPortal.Domain.Policies;

namespace LibraryPortal.Circulation.Patrons;

/// <summary>How a patron stands with the library.</summary>
public sealed record PatronStanding
{
    public required string UserId { get; init; }
    public required string Name { get; init; }
    public required string CardNumber { get; init; }
    public required LendingPolicy Policy { get; init; }
    public required bool IsActive { get; init; }
    public required bool KeepsHistory { get; init; }

    /// <summary>For the staff only; null for the patron.</summary>
    public required string? Notes { get; init; }

    public required int OpenRequests { get; init; }
    public required int Loans { get; init; }
    public required int Overdue { get; init; }

    /// <summary>What stops requests, loans and renewals, each with its remedy, in words for whoever asked. Empty: nothing does.</summary>
    public required IReadOnlyList<string> Blocks { get; init; }
}
