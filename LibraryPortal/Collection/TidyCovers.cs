using LibraryPortal.Data;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Collection;

/// <summary>Removes the picture of a cover that no title shows any more. To be called after the change is certain: a file too many costs room, one too few a cover.</summary>
internal sealed class TidyCovers(IDbContextFactory<PortalDbContext> databases, IEnumerable<ITitleFiles> places)
{
    /// <param name="file">Null: there was none.</param>
    public async Task RunAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
            return;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Covers.AnyAsync(cover => cover.File == file, cancellationToken))
            return;
        foreach (var place in places)
            place.Delete(file);
    }
}
