namespace LibraryPortal.Domain.Notices;

/// <summary>Something one person is told, kept in their notice centre.</summary>
public sealed class Notice
{
    /// <summary>Sorts by time of creation.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who is told.</summary>
    public required string UserId { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>What it is told for, such as <c>export:ID:ready</c>. Unique per person, so that nobody is told twice.</summary>
    public required string Occasion { get; init; }

    /// <summary>One or two plain sentences.</summary>
    public required string Text { get; init; }

    /// <summary>Where to go on from it: a path of the portal, or null.</summary>
    public string? Link { get; init; }

    /// <summary>The same for a client of the API, or null.</summary>
    public string? ApiLink { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while unread.</summary>
    public DateTimeOffset? ReadAt { get; set; }
}
