using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Domain.Rules;

/// <summary>What the rules need to know of a copy.</summary>
public sealed record CopyFacts
{
    public required string Barcode { get; init; }

    public required CopyState State { get; init; }

    /// <summary>Name of its title.</summary>
    public string BookName { get; init; } = "";

    /// <summary>False when it is a copy of another title than the request's.</summary>
    public bool IsOfTheTitle { get; init; } = true;

    /// <summary>Number of the request it is set aside for; null when there is none.</summary>
    public string? KeptForRequest { get; init; }

    /// <summary>True when that request is of the patron in question.</summary>
    public bool IsKeptForPatron { get; init; }
}
