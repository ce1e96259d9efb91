using LibraryPortal.Collection;
using LibraryPortal.Data;
using LibraryPortal.Data.Bulk;
using LibraryPortal.Data.Imports;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Records;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Features.Import.Reading;
using LibraryPortal.Features.Import.Running;

namespace LibraryPortal.Features.Import.Titles;

/// <summary>Books into the catalogue: adds what is missing, merges what is there twice, and never adds a thing a second time.</summary>
/// <param name="read">Makes a draft of a row; null when it is refused.</param>
/// <param name="seen">In a check: its memory.</param>
/// <param name="now">When all of it was added.</param>
internal sealed class TitleTarget(Func<SourceRow, List<Finding>, BookDraft?> read, int importId, SeenRows? seen, DateTimeOffset now) : IImportTarget
{
    public async Task TakeAsync(PortalDbContext database, IReadOnlyList<SourceRow> rows, ImportTally tally, CancellationToken cancellationToken)
    {
        // Rows are read side by side: what one says depends on no other.
        var readRows = rows.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(Read).ToList();
        var books = readRows.Select(row => row.Draft).OfType<BookDraft>().ToList();
        var held = await HeldTitles.LoadAsync(database, books, importId, seen, now, cancellationToken);
        var barcodes = await HeldBarcodes.LoadAsync(database, [.. books.SelectMany(book => book.Labelled).Select(copy => copy.Barcode).Distinct(StringComparer.Ordinal)], seen, cancellationToken);
        List<(Title Title, BookDraft Draft)> added = [];
        foreach (var (draft, findings) in readRows)
        {
            // What a row says is told before what it meets, and both belong to the row.
            var first = tally.Findings.Count;
            tally.Findings.AddRange(findings);
            if (draft is not null && Take(database, held, barcodes, draft, tally) is { } title)
                added.Add((title, draft));
            tally.Judge(first);
        }

        if (seen is not null)
            await seen.SaveAsync(held.Touched().Concat(barcodes.Added).Where(row => row.Key.Length > 2), cancellationToken);
        else
            await AddAsync(database, added, barcodes, cancellationToken);
    }

    (BookDraft? Draft, List<Finding> Findings) Read(SourceRow row)
    {
        List<Finding> findings = [];
        return (read(row, findings), findings);
    }

    /// <returns>A title to add; null when the book is there already.</returns>
    Title? Take(PortalDbContext database, HeldTitles held, HeldBarcodes barcodes, BookDraft draft, ImportTally tally)
    {
        var (details, sameIsbn) = Recognise(held, draft, tally);
        var key = Title.IdentityOf(details);
        var labelled = draft.Labelled.Where(copy => IsFree(barcodes, copy.Barcode, (sameIsbn ?? held.ByKey(key))?.Title.IdentityKey ?? key, draft.Row, tally)).ToList();
        if ((sameIsbn ?? held.ByKey(key)) is { } same)
        {
            Meet(database, held, same, draft, details, labelled, tally);
            return null;
        }

        var title = new Title(details, now);
        held.Add(new HeldTitle(title, draft.Row) { IsTouched = true });
        foreach (var (barcode, shelf) in labelled)
        {
            if (seen is null)
                title.AddCopy(barcode, shelf);
        }

        tally.Added(draft.Labelled.Count > 0 ? labelled.Count : draft.Copies);
        return title;
    }

    /// <returns>What the row says, without ISBNs of other books, and the title that has one of the rest; null: none has.</returns>
    static (TitleDetails Details, HeldTitle? Same) Recognise(HeldTitles held, BookDraft draft, ImportTally tally)
    {
        var details = draft.Details;
        var isbns = details.AllIsbns();
        List<Isbn> own = new(isbns.Count);
        HeldTitle? same = null;
        foreach (var isbn in isbns)
        {
            var holder = held.ByIsbn(isbn);
            if (holder is null || (IsSameBook(holder.Title, details) && ReferenceEquals(same ??= holder, holder)))
                own.Add(isbn);
            else
                tally.Findings.Add(new Finding(draft.Row, FindingKind.Repaired, "", "ISBN of another book, left out", $"{isbn} belongs to “{holder.Title.Name}”"));
        }

        return (own.Count == isbns.Count ? details : details.WithIsbns(own), same);
    }

    static bool IsFree(HeldBarcodes barcodes, string barcode, string titleKey, int row, ImportTally tally)
    {
        var holder = barcodes.TitleOf(barcode);
        if (holder is null)
        {
            barcodes.Add(barcode, titleKey, row);
            return true;
        }

        if (holder != titleKey)
            tally.Findings.Add(new Finding(row, FindingKind.Repaired, "", "barcode of a copy of another title, left out", $"'{barcode}'"));
        return false;
    }

    void Meet(PortalDbContext database, HeldTitles held, HeldTitle same, BookDraft draft, TitleDetails details, List<(string Barcode, string? Shelf)> labelled, ImportTally tally)
    {
        var before = same.Title.Details;
        var gained = same.Title.FillGaps(details);
        same.IsTouched |= gained;
        // It may have got an ISBN only now, by which later rows must find it.
        held.Add(same);
        foreach (var (barcode, shelf) in labelled)
        {
            if (seen is not null)
                continue;
            var copy = same.Title.AddCopy(barcode, shelf);
            // A title of this very batch is added with all its copies.
            if (same.Title.Id != 0)
                database.MarkImported(database.Copies.Add(copy).Entity, importId, draft.Row);
        }

        if (same.Row > 0)
        {
            tally.Merged(labelled.Count);
            if (labelled.Count == 0)
                tally.Findings.Add(new Finding(draft.Row, FindingKind.Merged, "", "the same book stands in an earlier row", $"“{details.Name}” as in row {same.Row}"));
            return;
        }

        if (!gained && labelled.Count == 0)
        {
            tally.Unchanged();
            return;
        }

        tally.Completed(labelled.Count);
        if (gained && seen is null)
        {
            database.ImportedItems.Add(new ImportedItem
            {
                ImportId = importId,
                Kind = ImportedItemKind.CompletedTitle,
                Row = draft.Row,
                Key = same.Title.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Filled = TitleJson.Write(TitleGaps.Filled(before, same.Title.Details)),
            });
        }
    }

    async Task AddAsync(PortalDbContext database, List<(Title Title, BookDraft Draft)> added, HeldBarcodes barcodes, CancellationToken cancellationToken)
    {
        var free = await database.TakeBarcodesAsync(added.Sum(pair => pair.Draft.Labelled.Count > 0 ? 0 : pair.Draft.Copies), barcodes.Codes, cancellationToken);
        foreach (var (title, draft) in added)
        {
            for (var i = 0; i < draft.Copies && draft.Labelled.Count == 0; i++)
                title.AddCopy(free.Dequeue(), draft.Shelf);
        }

        database.InsertImported([.. added.Select(pair => (pair.Title, pair.Draft.Row))], importId);
    }

    // An ISBN alone does not make two rows one book: lists give the number of a set to each of its volumes.
    static bool IsSameBook(Title title, TitleDetails details) =>
        Folding.Fold(title.Name) == Folding.Fold(details.Name)
        || (title.Authors is [var one, ..] && details.Authors is [var other, ..] && Folding.Fold(one) == Folding.Fold(other)
            && title.SortKey == TitleKey.For(details.Name, details.Language ?? title.Language));
}
