using LibraryPortal.Circulation;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Collection;

internal sealed record CollectionCopy(Guid Id, string Barcode, string? Shelf, CopyState State, string? Note);

/// <summary>All that the page of a title shows to those who change it.</summary>
internal sealed record CollectionTitle(int Id, TitleDetails Details, IReadOnlyList<CollectionCopy> Copies);

/// <summary>Reads one title with its copies.</summary>
internal sealed class ViewCollectionTitle(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Outcome<CollectionTitle>> RunAsync(Caller caller, int id, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var title = await database.Titles.AsNoTracking().FirstOrDefaultAsync(title => title.Id == id, cancellationToken);
        if (title is null)
            return CirculationRefusals.NoTitle;
        var copies = await database.Copies.AsNoTracking().Where(copy => copy.TitleId == id).OrderBy(copy => copy.Barcode)
            .Select(copy => new CollectionCopy(copy.Id, copy.Barcode, copy.Shelf, copy.State, copy.Note)).ToListAsync(cancellationToken);
        return new CollectionTitle(id, title.Details, copies);
    }
}
