using LibraryPortal.Data;
using LibraryPortal.Data.Imports;
using LibraryPortal.Data.Isbns;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Records;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Titles;

/// <summary>The titles that rows of one batch may be the same as, found by ISBN and by what identifies a book: those of the catalogue, and in a check those earlier
/// rows would have added.</summary>
internal sealed class HeldTitles
{
    readonly Dictionary<string, HeldTitle> _byKey = new(StringComparer.Ordinal);
    readonly Dictionary<string, HeldTitle> _byIsbn = new(StringComparer.Ordinal);

    /// <param name="seen">In a check: its memory. Then nothing that is loaded is tracked.</param>
    public static async Task<HeldTitles> LoadAsync(
        PortalDbContext database, IReadOnlyList<BookDraft> drafts, int importId, SeenRows? seen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = drafts.Select(draft => Title.IdentityOf(draft.Details)).Distinct(StringComparer.Ordinal).ToList();
        var isbns = drafts.Select(draft => draft.Details).SelectMany(details => details.AllIsbns()).Select(isbn => isbn.Thirteen).Distinct(StringComparer.Ordinal).ToList();
        var held = new HeldTitles();
        if (seen is not null)
            await held.AddSeenAsync(seen, keys, isbns, now, cancellationToken);
        var titles = seen is null ? database.Titles : database.Titles.AsNoTracking();
        await held.AddAsync(titles.Where(title => EF.Parameter(keys).Contains(title.IdentityKey)), importId, cancellationToken);
        await held.AddAsync(titles.Where(title => EF.Parameter(isbns).Contains(title.Isbn13!)), importId, cancellationToken);
        var further = database.TitlesOfFurther(isbns);
        await held.AddAsync(titles.Where(title => further.Contains(title.Id)), importId, cancellationToken);
        return held;
    }

    public HeldTitle? ByKey(string key) => _byKey.GetValueOrDefault(key);

    public HeldTitle? ByIsbn(Isbn isbn) => _byIsbn.GetValueOrDefault(isbn.Thirteen);

    /// <summary>Makes a title found by later rows; again once it has got another ISBN.</summary>
    public void Add(HeldTitle held)
    {
        _byKey.TryAdd(held.Title.IdentityKey, held);
        foreach (var isbn in held.Title.AllIsbns())
            _byIsbn.TryAdd(isbn, held);
    }

    /// <summary>What a check must remember of this batch.</summary>
    public IEnumerable<SeenRow> Touched() => _byKey.Values.Where(held => held.IsTouched).SelectMany(held => held.Title.AllIsbns()
        .Select(isbn => new SeenRow($"i:{isbn}", held.Row, held.Title.IdentityKey))
        .Prepend(new SeenRow($"t:{held.Title.IdentityKey}", held.Row, TitleJson.Write(held.Title.Details))));

    async Task AddAsync(IQueryable<Title> titles, int importId, CancellationToken cancellationToken)
    {
        var found = await titles.OrderBy(title => title.Id)
            .Select(title => new { Title = title, Import = EF.Property<int?>(title, ImportOrigin.Import), Row = EF.Property<int?>(title, ImportOrigin.Row) })
            .ToListAsync(cancellationToken);
        foreach (var one in found)
            Add(new HeldTitle(one.Title, one.Import == importId ? one.Row ?? 0 : 0));
    }

    async Task AddSeenAsync(SeenRows seen, List<string> keys, List<string> isbns, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var byIsbn = await seen.FindAsync(isbns.Select(isbn => $"i:{isbn}"), cancellationToken);
        var wanted = keys.Concat(byIsbn.Values.Select(row => row.Value)).Distinct(StringComparer.Ordinal);
        foreach (var row in (await seen.FindAsync(wanted.Select(key => $"t:{key}"), cancellationToken)).Values)
            Add(new HeldTitle(new Title(TitleJson.Read(row.Value), now), row.Row));
    }
}
