using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Domain.Rules;

/// <summary>What the rules need to know of a copy.</summary>
public sealed record CopyFacts
{
    public required string Barcode { get; init; }

    public required CopyState State { get; init; }

    /// <summary>Number of the request it is set aside for; null when there is none.</summary>
    public string? KeptForRequest { get; init; }

    /// <summary>True when that request is of the patron in question.</summary>
    public bool IsKeptForPatron { get; init; }
}
