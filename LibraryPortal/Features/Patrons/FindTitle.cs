using LibraryPortal.Circulation;
using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Patrons;

/// <summary>A title a librarian may ask for on a reader's behalf.</summary>
public sealed record TitleHit(int Id, string Name, IReadOnlyList<string> Authors, int? Year);

/// <summary>Finds titles for a request on a reader's behalf.</summary>
internal sealed class FindTitle(IDbContextFactory<PortalDbContext> databases, ITitleSearch search)
{
    const int Most = 6;

    public async Task<Outcome<IReadOnlyList<TitleHit>>> RunAsync(Caller caller, string? words, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        if (string.IsNullOrWhiteSpace(words))
            return new Refusal(RefusalKind.Invalid, "Type a title, an author or an ISBN.", "words-empty");
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var found = await search.FindAsync(database, words, 0, Most, cancellationToken);
        var titles = await database.Titles.AsNoTracking().Where(title => found.Ids.Contains(title.Id))
            .Select(title => new TitleHit(title.Id, title.Name, title.Authors, title.Year)).ToDictionaryAsync(title => title.Id, cancellationToken);
        return found.Ids.Where(titles.ContainsKey).Select(id => titles[id]).ToList();
    }
}
