using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Search;

/// <summary>Full-text search with SQLite's FTS5; <see cref="SearchSchema"/> says what it stands on.</summary>
internal sealed class SqliteTitleSearch : ITitleSearch
{
    public async Task PrepareAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        if (await IsCurrentAsync(database, cancellationToken))
            return;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await database.Database.ExecuteSqlRawAsync(SearchSchema.Drop, cancellationToken);
        await AuthorKeys.FillAsync(database, cancellationToken);
        foreach (var definition in SearchSchema.Parts)
            await database.Database.ExecuteSqlRawAsync(definition, cancellationToken);
        await FillSearch.RunAsync(database, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<TitleMatches> FindAsync(PortalDbContext database, string text, int skip, int take, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
            return TitleMatches.None;
        var answer = await SearchAsync(database, new TitleSearchRequest { Text = text, Skip = skip, Take = take }, cancellationToken);
        return new TitleMatches(answer.Ids, answer.Total, answer.IsLoose);
    }

    public async Task<TitleSearchAnswer> SearchAsync(PortalDbContext database, TitleSearchRequest request, CancellationToken cancellationToken)
    {
        await using var reader = await SearchReader.OpenAsync(database, cancellationToken);
        // SQLite has no asynchronous calls: what follows is short work on this thread.
        return new TitleSearch(reader, request).Run();
    }

    public async Task<IReadOnlyList<int>> FindSimilarAsync(PortalDbContext database, int titleId, int take, CancellationToken cancellationToken)
    {
        await using var reader = await SearchReader.OpenAsync(database, cancellationToken);
        return SimilarTitles.Find(reader, titleId, take);
    }

    static async Task<bool> IsCurrentAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        var present = await database.Database.SqlQueryRaw<string>(SearchSchema.Present).ToListAsync(cancellationToken);
        return SearchSchema.Parts.All(present.Contains);
    }
}
