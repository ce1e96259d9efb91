namespace LibraryPortal.Data.Search;

/// <summary>The orders of a list of titles.</summary>
public enum TitleSort
{
    /// <summary>What fits the words best; without words, by title.</summary>
    Relevance,

    /// <summary>By title, without its article.</summary>
    Title,

    /// <summary>By the first author's last name; titles without an author come last.</summary>
    Author,

    /// <summary>What came into the library last.</summary>
    Newest,

    /// <summary>The latest year of first publication; titles without one come last.</summary>
    Year,

    /// <summary>What was asked for most often.</summary>
    Requested,
}
