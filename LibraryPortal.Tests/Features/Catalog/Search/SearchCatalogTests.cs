using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Features.Catalog.Search;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.Catalog.Search;

/// <summary>How far results can be paged through.</summary>
public sealed class SearchCatalogTests
{
    [Theory]
    [InlineData(2_000_000, 41_667, 400, true)]
    [InlineData(2_000_000, 399, 399, false)]
    [InlineData(48, 41_667, 2, false)]
    public async Task DeepPages_AreNotWalkedTo(int total, int asked, int shown, bool isCut)
    {
        await using var database = await TestDatabase.CreateAsync();
        var search = new HugeCatalog(total);

        var found = await new SearchCatalog(database.Contexts, search).RunAsync(new CatalogQuery { Page = asked });

        Assert.Equal((shown, Math.Min(400, (total + 23) / 24), isCut), (found.Page.Page, found.PageCount, found.IsCutHere));
        Assert.All(search.Skipped, skipped => Assert.InRange(skipped, 0, 399 * SearchCatalog.PageSize));
    }

    /// <summary>Answers only with how many there are, and remembers how many were to be passed over.</summary>
    sealed class HugeCatalog(int total) : ITitleSearch
    {
        public List<int> Skipped { get; } = [];

        public Task<TitleSearchAnswer> SearchAsync(PortalDbContext database, TitleSearchRequest request, CancellationToken cancellationToken)
        {
            Skipped.Add(request.Skip);
            return Task.FromResult(new TitleSearchAnswer { Total = total });
        }

        public Task PrepareAsync(PortalDbContext database, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TitleMatches> FindAsync(PortalDbContext database, string text, int skip, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<int>> FindSimilarAsync(PortalDbContext database, int titleId, int take, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
