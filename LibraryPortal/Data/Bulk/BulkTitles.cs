using LibraryPortal.Data.Imports;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Bulk;

/// <summary>
/// Inserts many titles and copies with one prepared statement per table. Saving would send a statement per row, and SQLite compiles the search triggers into
/// each of them, which takes longer than running them. What search knows of new titles is written for all of them at once.
/// </summary>
public static class BulkTitles
{
    /// <summary>
    /// Gives the connection room for all pages that thousands of rows change, and lets the log grow to 256 MB before it is written back, so that each page is
    /// written less often. The file is not mapped meanwhile: mapped pages would count as memory of the process. All that ends when the connection is opened anew.
    /// </summary>
    public static Task WidenCacheAsync(this PortalDbContext database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.Database.ExecuteSqlRawAsync("PRAGMA cache_size=-131072; PRAGMA wal_autocheckpoint=65536; PRAGMA mmap_size=0", cancellationToken);
    }

    /// <summary>Adds titles with their copies as brought by an import. Call it inside a transaction; the context does not get to know them.</summary>
    /// <param name="titles">Each with the row of the file it stands in.</param>
    public static void InsertImported(this PortalDbContext database, IReadOnlyList<(Title Title, int Row)> titles, int? importId)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(titles);
        var index = new IndexInBulk(ConnectionOf(database));
        using var titleTable = new BulkTable<Title>(database);
        using var copyTable = new BulkTable<Copy>(database);
        List<IndexedTitle> added = new(titles.Count);
        index.Pause();
        foreach (var (title, row) in titles)
        {
            Dictionary<string, object?> others = new(StringComparer.Ordinal) { [ImportOrigin.Import] = importId, [ImportOrigin.Row] = row };
            var id = (int)titleTable.Insert(title, others);
            added.Add(IndexedTitle.New(id, title));
            others[nameof(Copy.TitleId)] = id;
            foreach (var copy in title.Copies)
                copyTable.Insert(copy, others);
        }

        index.Add(added);
        index.Resume();
    }

    /// <summary>Inserts the copies that were added to the context, of titles that were there before, and leaves the rest to saving. Call it inside a transaction.</summary>
    public static void InsertAddedCopies(this PortalDbContext database)
    {
        ArgumentNullException.ThrowIfNull(database);
        var entries = database.ChangeTracker.Entries<Copy>().Where(entry => entry.State == EntityState.Added).ToList();
        if (entries.Count == 0)
            return;
        _ = ConnectionOf(database);
        using var table = new BulkTable<Copy>(database);
        foreach (var entry in entries)
        {
            table.Insert(entry.Entity, new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Copy.TitleId)] = entry.Property(copy => copy.TitleId).CurrentValue,
                [ImportOrigin.Import] = entry.Property<int?>(ImportOrigin.Import).CurrentValue,
                [ImportOrigin.Row] = entry.Property<int?>(ImportOrigin.Row).CurrentValue,
            });
            entry.State = EntityState.Unchanged;
        }
    }

    static SqliteConnection ConnectionOf(PortalDbContext database) => database.Database.CurrentTransaction is null
        ? throw new InvalidOperationException("Rows are inserted in bulk inside a transaction only.")
        : (SqliteConnection)database.Database.GetDbConnection();
}
