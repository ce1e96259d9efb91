using System.Text;
using LibraryPortal.Data;
using LibraryPortal.Data.Numbers;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog.Import;

/// <summary>Brings a file of books into the catalogue: adds what is missing, merges what is there twice, and never adds a thing a second time.</summary>
internal sealed class ImportCatalog(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <summary>Rows per transaction: large enough to be fast, small enough that readers and requests in between hardly wait.</summary>
    const int Batch = 500;

    /// <param name="encoding">Null: UTF-8, or what a byte order mark says.</param>
    /// <param name="isRehearsal">True rolls every change back and only reports.</param>
    /// <param name="progress">Told rows done and rows in all, after each batch.</param>
    public async Task<Outcome<ImportReport>> RunAsync(
        string path, Encoding? encoding, bool isRehearsal, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        var opened = CatalogFile.Open(path, encoding);
        if (!opened.IsAllowed)
            return opened.Refusal;
        var run = new ImportRun(isRehearsal, clock.GetUtcNow());
        var done = 0;
        foreach (var rows in opened.Value.Read().Chunk(Batch))
        {
            var drafts = rows.Select(row => Draft(opened.Value, row.Row, row.Cells, run.Findings)).OfType<BookDraft>().ToList();
            await SaveAsync(run, drafts, isRehearsal, cancellationToken);
            progress?.Invoke(done += rows.Length, opened.Value.Rows);
        }

        return run.Report(opened.Value.Rows);
    }

    static BookDraft? Draft(CatalogFile file, int row, string[] cells, List<Finding> findings)
    {
        var reader = new CellReader(row, findings);
        var extra = cells.Skip(file.Width).Any(cell => !string.IsNullOrWhiteSpace(cell));
        if (cells.Length < file.Width || extra)
            return reader.Refused("another number of cells than the heading: a quotation mark or a separator is misplaced", $"{cells.Length} cells instead of {file.Width}");
        return file.Mapping.Map(cells, reader);
    }

    async Task SaveAsync(ImportRun run, List<BookDraft> drafts, bool isRehearsal, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // What is held is read inside the write transaction, so two imports at once cannot both add a book.
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var held = await HeldTitles.LoadAsync(database, drafts, cancellationToken);
        List<(Title Title, BookDraft Draft)> added = [];
        foreach (var draft in drafts)
        {
            if (run.Take(held, draft) is not { } title)
                continue;
            database.Titles.Add(title);
            added.Add((title, draft));
        }

        var barcode = await database.TakeNumbersAsync(NumberSeriesExtensions.Barcodes, added.Sum(pair => pair.Draft.Copies), cancellationToken);
        foreach (var (title, draft) in added)
        {
            for (var i = 0; i < draft.Copies; i++)
                title.AddCopy(Copy.FormatBarcode(barcode++), draft.Shelf);
        }

        await database.SaveChangesAsync(cancellationToken);
        if (!isRehearsal)
            await transaction.CommitAsync(cancellationToken);
    }
}
