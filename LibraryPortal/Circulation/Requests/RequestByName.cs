using LibraryPortal.Data;
using LibraryPortal.Data.Isbns;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Requests;

/// <summary>A patron asks for a book in words: an ISBN, a title, or "title by author". What the catalogue does not have becomes a wish.</summary>
internal sealed class RequestByName(ChangeLibrary library)
{
    /// <summary>How many authors a refusal lists.</summary>
    const int MaxChoices = 6;

    /// <summary>How many titles of one name are looked at: more tell an author no better, and all are read while nobody else can write.</summary>
    const int MostOfOneName = 500;

    public Task<Outcome<PlacedRequest>> RunAsync(Caller caller, string? bookName, RequestWish? wish = null, CancellationToken cancellationToken = default)
    {
        // Checked first: nothing is looked up for words that could not even be a wish.
        var asked = RequestedBook.NotHeld(bookName);
        if (!asked.IsAllowed)
            return Task.FromResult<Outcome<PlacedRequest>>(asked.Refusal);
        return library.RunAsync(caller, async change =>
        {
            var titles = await FindAsync(change.Database, asked.Value.Name, cancellationToken);
            return titles switch
            {
                [] => await PlaceRequest.RunAsync(change, caller, asked.Value, wish, cancellationToken),
                [var title] => await PlaceRequest.RunAsync(
                    change, caller, RequestedBook.Of(await change.Database.Titles.SingleAsync(held => held.Id == title.Id, cancellationToken)), wish, cancellationToken),
                _ => Ambiguous(asked.Value.Name, titles),
            };
        }, cancellationToken);
    }

    static async Task<IReadOnlyList<NamedTitle>> FindAsync(PortalDbContext database, string name, CancellationToken cancellationToken)
    {
        if (Isbn.TryParse(name, out var isbn))
            return await Named(database.TitlesOf(isbn)).Take(1).ToListAsync(cancellationToken);
        var byTitle = await ByTitleAsync(database, name, cancellationToken);
        if (byTitle.Count > 0)
            return byTitle;

        var by = name.LastIndexOf(" by ", StringComparison.OrdinalIgnoreCase);
        if (by <= 0)
            return [];
        var author = Folding.Fold(name[(by + 4)..]);
        var titles = await ByTitleAsync(database, name[..by], cancellationToken);
        return [.. titles.Where(title => title.Authors.Any(known => Folding.Fold(known) is var folded && (folded == author || folded.EndsWith($" {author}", StringComparison.Ordinal))))];
    }

    static async Task<IReadOnlyList<NamedTitle>> ByTitleAsync(PortalDbContext database, string name, CancellationToken cancellationToken)
    {
        var keys = TitleKey.Candidates(name);
        var titles = await Named(database.Titles.Where(title => keys.Contains(title.SortKey)).OrderBy(title => title.Id)).Take(MostOfOneName).ToListAsync(cancellationToken);
        // "Die Hard" is its own title before it is "Hard" with a German article.
        var whole = Folding.Fold(name);
        var exact = titles.Where(title => Folding.Fold(title.Name) == whole).ToList();
        return exact.Count > 0 ? exact : titles;
    }

    static IQueryable<NamedTitle> Named(IQueryable<Title> titles) => titles.Select(title => new NamedTitle(title.Id, title.Name, title.Authors));

    static Refusal Ambiguous(string name, IReadOnlyList<NamedTitle> titles)
    {
        var authors = titles.Select(title => title.Authors is [var first, ..] ? first : "an unknown author").Distinct().Take(MaxChoices).ToList();
        return new Refusal(RefusalKind.Conflict,
            $"{titles.Count} titles are called “{name}”: by {string.Join(", by ", authors)}. Add the author (“{name} by {authors[0]}”), or give the ISBN.", "ambiguous-title");
    }

    sealed record NamedTitle(int Id, string Name, IReadOnlyList<string> Authors);
}
