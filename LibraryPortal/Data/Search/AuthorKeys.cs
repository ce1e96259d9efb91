using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Search;

/// <summary>Writes the sort keys of authors for titles that came before there were any.</summary>
internal static class AuthorKeys
{
    const int Batch = 1_000;

    public static async Task FillAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        var last = 0;
        while (true)
        {
            var titles = await database.Titles.AsNoTracking().Where(title => title.AuthorKey == "" && title.Id > last).OrderBy(title => title.Id).Take(Batch)
                .Select(title => new { title.Id, title.Authors }).ToListAsync(cancellationToken);
            if (titles.Count == 0)
                return;
            foreach (var title in titles)
            {
                var key = AuthorKey.For(title.Authors);
                await database.Database.ExecuteSqlAsync($"UPDATE Titles SET AuthorKey = {key} WHERE Id = {title.Id}", cancellationToken);
            }

            last = titles[^1].Id;
        }
    }
}
