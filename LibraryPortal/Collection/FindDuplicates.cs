using LibraryPortal.Data;
using LibraryPortal.Data.Isbns;
using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Collection;

/// <param name="Why">What they share, in words.</param>
internal sealed record DuplicateTitle(int Id, string Name, IReadOnlyList<string> Authors, int? Year, string Why);

/// <summary>Titles that may be the same book: of the same ISBN, or of the same name and first author.</summary>
internal sealed class FindDuplicates(IDbContextFactory<PortalDbContext> databases)
{
    const int Most = 10;

    /// <param name="except">The title itself; null for a new one.</param>
    public async Task<IReadOnlyList<DuplicateTitle>> RunAsync(TitleDetails details, int? except, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var isbns = details.AllIsbns().Select(isbn => isbn.Thirteen).ToList();
        var further = database.TitlesOfFurther(isbns);
        var key = TitleKey.For(details.Name, details.Language);
        var author = Folding.Fold(details.Authors is [var first, ..] ? first : "");
        var titles = await database.Titles.AsNoTracking().Where(title => title.Id != except && (isbns.Contains(title.Isbn13!) || further.Contains(title.Id) || title.SortKey == key))
            .OrderBy(title => title.Id).Take(100).ToListAsync(cancellationToken);
        return
        [
            .. titles.Where(title => HasOneOf(title) || Folding.Fold(title.Authors is [var one, ..] ? one : "") == author)
                .Take(Most).Select(title => new DuplicateTitle(title.Id, title.Name, title.Authors, title.Year, HasOneOf(title) ? "the same ISBN" : "the same name and author")),
        ];

        bool HasOneOf(Title title) => title.AllIsbns().Intersect(isbns, StringComparer.Ordinal).Any();
    }
}
