using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Requests;

/// <summary>A title a librarian may choose for a request.</summary>
public sealed record TitleChoice(int Id, string Name, IReadOnlyList<string> Authors, int? Year);

/// <summary>Finds titles for a request on a reader's behalf, or for one that named a book in words.</summary>
internal sealed class FindTitles(IDbContextFactory<PortalDbContext> databases, ITitleSearch search)
{
    const int Choices = 6;

    public async Task<Outcome<IReadOnlyList<TitleChoice>>> RunAsync(Caller caller, string? words, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        if (string.IsNullOrWhiteSpace(words))
            return new Refusal(RefusalKind.Invalid, "Type a title, an author or an ISBN.", "words-empty");
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var found = await search.FindAsync(database, words, 0, Choices, cancellationToken);
        var titles = await database.Titles.AsNoTracking().Where(title => found.Ids.Contains(title.Id))
            .Select(title => new TitleChoice(title.Id, title.Name, title.Authors, title.Year)).ToDictionaryAsync(title => title.Id, cancellationToken);
        return found.Ids.Where(titles.ContainsKey).Select(id => titles[id]).ToList();
    }
}
