using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Catalog.Import;

/// <summary>The running account of one import: what it added, and where in the file each of these books stands first.</summary>
/// <param name="now">When all of it was added.</param>
internal sealed class ImportRun(bool isRehearsal, DateTimeOffset now)
{
    // Grows with the file (about 150 bytes a row): tells a book that is twice in the file from one that was in the catalogue before.
    readonly Dictionary<string, int> _rowsByKey = new(StringComparer.Ordinal);
    readonly HashSet<int> _completed = [];

    // In a rehearsal the database forgets each batch, so what was added is remembered here.
    readonly HeldTitles _rehearsed = new();

    int _added, _copies, _unchanged;

    public List<Finding> Findings { get; } = [];

    /// <returns>A title to add; null when the book is there already.</returns>
    public Title? Take(HeldTitles held, BookDraft draft)
    {
        var details = draft.Details;
        var sameIsbn = held.ByIsbn(details.Isbn) ?? _rehearsed.ByIsbn(details.Isbn);
        if (sameIsbn is not null && !IsSameBook(sameIsbn, details))
        {
            Findings.Add(new Finding(draft.Row, FindingKind.Repaired, "ISBN of another book, left out", $"{details.Isbn} belongs to “{sameIsbn.Name}”"));
            details = details with { Isbn = null };
            sameIsbn = null;
        }

        var key = Title.IdentityOf(details);
        if ((sameIsbn ?? held.ByKey(key) ?? _rehearsed.ByKey(key)) is { } same)
        {
            Meet(held, same, draft, details);
            return null;
        }

        var title = new Title(details, now);
        held.Add(title);
        if (isRehearsal)
            _rehearsed.Add(title);
        _rowsByKey[key] = draft.Row;
        _added++;
        _copies += draft.Copies;
        return title;
    }

    public ImportReport Report(int rows) => new()
    {
        IsRehearsal = isRehearsal,
        Rows = rows,
        Added = _added,
        Unchanged = _unchanged,
        Completed = _completed.Count,
        Copies = _copies,
        Findings = Findings,
    };

    void Meet(HeldTitles held, Title same, BookDraft draft, TitleDetails details)
    {
        var gained = same.FillGaps(details);
        // It may have got its ISBN only now, by which later rows must find it.
        held.Add(same);
        if (isRehearsal)
            _rehearsed.Add(same);
        if (_rowsByKey.TryGetValue(same.IdentityKey, out var first))
            Findings.Add(new Finding(draft.Row, FindingKind.Merged, "the same book stands in an earlier row", $"“{details.Name}” as in row {first}"));
        else if (gained)
            _completed.Add(same.Id);
        else
            _unchanged++;
    }

    // An ISBN alone does not make two rows one book: lists give the number of a set to each of its volumes.
    static bool IsSameBook(Title title, TitleDetails details) =>
        Folding.Fold(title.Name) == Folding.Fold(details.Name)
        || (title.Authors is [var one, ..] && details.Authors is [var other, ..] && Folding.Fold(one) == Folding.Fold(other)
            && title.SortKey == TitleKey.For(details.Name, details.Language ?? title.Language));
}
