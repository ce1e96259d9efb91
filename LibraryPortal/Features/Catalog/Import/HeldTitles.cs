using LibraryPortal.Data;
using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog.Import;

/// <summary>The titles of the catalogue that rows of one batch may be the same as, found by ISBN and by what identifies a book.</summary>
internal sealed class HeldTitles
{
    readonly Dictionary<string, Title> _byKey = new(StringComparer.Ordinal);
    readonly Dictionary<string, Title> _byIsbn = new(StringComparer.Ordinal);

    public static async Task<HeldTitles> LoadAsync(PortalDbContext database, List<BookDraft> drafts, CancellationToken cancellationToken)
    {
        var keys = drafts.Select(draft => Title.IdentityOf(draft.Details)).Distinct().ToList();
        var isbns = drafts.Select(draft => draft.Details.Isbn?.Thirteen).OfType<string>().Distinct().ToList();
        var titles = new HeldTitles();
        foreach (var title in await database.Titles.Where(title => keys.Contains(title.IdentityKey)).OrderBy(title => title.Id).ToListAsync(cancellationToken))
            titles.Add(title);
        foreach (var title in await database.Titles.Where(title => isbns.Contains(title.Isbn13!)).OrderBy(title => title.Id).ToListAsync(cancellationToken))
            titles.Add(title);
        return titles;
    }

    public void Add(Title title)
    {
        _byKey.TryAdd(title.IdentityKey, title);
        if (title.Isbn13 is { } isbn)
            _byIsbn.TryAdd(isbn, title);
    }

    public Title? ByKey(string key) => _byKey.GetValueOrDefault(key);

    public Title? ByIsbn(Isbn? isbn) => isbn is { } known ? _byIsbn.GetValueOrDefault(known.Thirteen) : null;
}
