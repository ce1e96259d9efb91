using LibraryPortal.Data;

namespace LibraryPortal.Features.Users;

/// <summary>An account as an admin sees it.</summary>
public sealed record AccountRow
{
    public required string Id { get; init; }
    public required string UserName { get; init; }
    public required string DisplayName { get; init; }
    public required string? Email { get; init; }
    public required string Role { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when nobody can sign in to it; null or past: anybody with the password can.</summary>
    public required DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The name other people see.</summary>
    public string Name => DisplayName.Length > 0 ? DisplayName : UserName;

    /// <summary>Locked by an admin, not by wrong passwords: that ends by itself.</summary>
    public bool IsLockedForGood => LockedUntil == DateTimeOffset.MaxValue;
}
