using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Domain.Rules;

/// <summary>What the rules need to know of a title, seen from one patron.</summary>
public sealed record TitleFacts
{
    public required string Name { get; init; }

    /// <summary>False: asked for by name only; the catalogue does not have it.</summary>
    public bool IsHeld { get; init; } = true;

    /// <summary>Copies neither lost nor withdrawn.</summary>
    public int LendableCopies { get; init; }

    /// <summary>Copies on the shelf that nobody is promised.</summary>
    public int FreeCopies { get; init; }

    /// <summary>Other patrons' requests that wait for a copy; paused ones do not.</summary>
    public int OthersWaiting { get; init; }

    /// <summary>Number of this patron's own active request of the title; null when there is none.</summary>
    public string? OwnRequest { get; init; }

    /// <summary>State of <see cref="OwnRequest"/>.</summary>
    public RequestState OwnRequestState { get; init; }

    /// <summary>When this patron's own loan of the title is due; null when there is none.</summary>
    public DateTimeOffset? OwnLoanDueAt { get; init; }
}
