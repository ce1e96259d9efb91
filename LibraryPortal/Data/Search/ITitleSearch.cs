namespace LibraryPortal.Data.Search;

/// <summary>Full-text search over titles. One implementation per database, because each does it in its own words.</summary>
public interface ITitleSearch
{
    /// <summary>Makes the index, or makes it anew when its definition changed or parts are missing. Cheap when nothing is to do.</summary>
    Task PrepareAsync(PortalDbContext database, CancellationToken cancellationToken);

    /// <summary>The titles that have all words of the text, best first; where none has, those that have words much like them, or any of the longer ones.</summary>
    /// <param name="text">As a person typed it; nothing in it is special.</param>
    Task<TitleMatches> FindAsync(PortalDbContext database, string text, int skip, int take, CancellationToken cancellationToken);

    /// <summary>Searches, narrows, sorts and counts.</summary>
    Task<TitleSearchAnswer> SearchAsync(PortalDbContext database, TitleSearchRequest request, CancellationToken cancellationToken);

    /// <summary>Titles that share subjects or authors with one, those with most in common first.</summary>
    Task<IReadOnlyList<int>> FindSimilarAsync(PortalDbContext database, int titleId, int take, CancellationToken cancellationToken);
}
