namespace LibraryPortal.Data.Search;

/// <summary>What results can be narrowed by. The numbers are stored.</summary>
public enum FacetKind
{
    /// <summary>A subject, as the catalogue has it.</summary>
    Subject = 1,

    /// <summary>An author, as printed.</summary>
    Author = 2,

    /// <summary>The first year of the decade of first publication.</summary>
    Decade = 3,

    /// <summary>The code of the language.</summary>
    Language = 4,
}
