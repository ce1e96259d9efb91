namespace LibraryPortal.Data.Search;

/// <summary>Full-text search over titles. One implementation per database, because each does it in its own words.</summary>
public interface ITitleSearch
{
    /// <summary>Makes the index, or makes it anew when its definition changed or parts are missing. Cheap when nothing is to do.</summary>
    Task PrepareAsync(PortalDbContext database, CancellationToken cancellationToken);

    /// <summary>The titles that have all words of the text, best first; where none has, those that have any of its longer words.</summary>
    /// <param name="text">As a person typed it; nothing in it is special.</param>
    Task<TitleMatches> FindAsync(PortalDbContext database, string text, int skip, int take, CancellationToken cancellationToken);
}
