using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Isbns;

/// <summary>Finds titles by any of their ISBNs.</summary>
public static class TitlesByIsbn
{
    /// <summary>The titles of an ISBN; those whose main one it is come first.</summary>
    public static IOrderedQueryable<Title> TitlesOf(this PortalDbContext database, Isbn isbn)
    {
        ArgumentNullException.ThrowIfNull(database);
        var digits = isbn.Thirteen;
        var further = database.TitleIsbns.Where(other => other.Isbn == digits).Select(other => other.TitleId);
        return database.Titles.Where(title => title.Isbn13 == digits || further.Contains(title.Id)).OrderByDescending(title => title.Isbn13 == digits).ThenBy(title => title.Id);
    }

    /// <summary>The numbers of titles that have one of these as a further ISBN.</summary>
    /// <param name="isbns">13 digits each.</param>
    public static IQueryable<int> TitlesOfFurther(this PortalDbContext database, IReadOnlyCollection<string> isbns)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.TitleIsbns.Where(further => EF.Parameter(isbns).Contains(further.Isbn)).Select(further => further.TitleId);
    }
}
