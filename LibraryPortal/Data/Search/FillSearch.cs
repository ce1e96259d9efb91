using LibraryPortal.Domain.Catalog;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Search;

/// <summary>Indexes all titles there are, into tables that were just made.</summary>
internal static class FillSearch
{
    const int Batch = 2_000;

    /// <summary>Call it inside a transaction.</summary>
    public static async Task RunAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        var index = new IndexInBulk((SqliteConnection)database.Database.GetDbConnection());
        index.Pause();
        var last = 0;
        while (true)
        {
            var titles = await database.Titles.AsNoTracking().Where(title => title.Id > last).OrderBy(title => title.Id).Take(Batch)
                .Select(title => new IndexedTitle(
                    title.Id, title.SearchName, title.SearchAuthors, title.SearchSubjects, title.SearchIsbn, title.Subjects, title.Authors,
                    title.Year, title.Language, title.SortKey, title.AuthorKey,
                    title.Copies.Count(copy => copy.State == CopyState.Available), database.Requests.Count(request => request.TitleId == title.Id)))
                .ToListAsync(cancellationToken);
            if (titles.Count == 0)
                break;
            index.Add(titles);
            last = titles[^1].Id;
        }

        index.Resume();
    }
}
