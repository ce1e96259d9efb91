using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Worklist;

/// <summary>A title that a request by name may mean.</summary>
internal sealed record TitleChoice(int Id, string Name, IReadOnlyList<string> Authors, int? Year);

/// <summary>Finds the titles a librarian may link a request by name to.</summary>
internal sealed class FindTitles(IDbContextFactory<PortalDbContext> databases, ITitleSearch search)
{
    const int Choices = 6;

    public async Task<IReadOnlyList<TitleChoice>> RunAsync(Caller caller, string? words, CancellationToken cancellationToken = default)
    {
        if (!caller.IsLibrarian || string.IsNullOrWhiteSpace(words))
            return [];
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var found = await search.FindAsync(database, words, 0, Choices, cancellationToken);
        var titles = await database.Titles.AsNoTracking().Where(title => found.Ids.Contains(title.Id))
            .Select(title => new TitleChoice(title.Id, title.Name, title.Authors, title.Year)).ToDictionaryAsync(title => title.Id, cancellationToken);
        return [.. found.Ids.Where(titles.ContainsKey).Select(id => titles[id])];
    }
}
