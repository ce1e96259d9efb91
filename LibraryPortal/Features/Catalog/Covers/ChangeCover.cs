using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>Gives a title a picture of its cover, or takes it away again; then the drawn one is shown.</summary>
internal sealed class ChangeCover(IDbContextFactory<PortalDbContext> databases, CoverFiles files, ILiveBoard board, TimeProvider clock)
{
    /// <param name="picture">At most <see cref="CoverLimits.MaxBytes"/> are read.</param>
    public async Task<Outcome<CoverImage>> UploadAsync(Caller caller, int titleId, Stream picture, CancellationToken cancellationToken = default)
    {
        if (!caller.IsLibrarian)
            return CoverRefusals.StaffOnly;
        var bytes = await ReadAsync(picture, cancellationToken);
        if (bytes is null)
            return CoverRefusals.TooLarge;
        var cleaned = CleanPicture.From(bytes);
        if (cleaned.Refusal is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (!await database.Titles.AnyAsync(title => title.Id == titleId, cancellationToken))
            return CoverRefusals.NoTitle;
        var image = await files.SaveAsync(cleaned.Value!, cancellationToken);
        var cover = await database.Covers.FindAsync([titleId], cancellationToken);
        var before = cover?.File;
        if (cover is null)
            database.Covers.Add(new TitleCover(titleId, image, caller.UserId, clock.GetUtcNow()));
        else
            cover.Replace(image, caller.UserId, clock.GetUtcNow());
        await database.SaveChangesAsync(cancellationToken);
        await TidyAsync(database, before, cancellationToken);
        board.Publish(new CatalogChanged());
        return image;
    }

    /// <returns>True when there was a picture.</returns>
    public async Task<Outcome<bool>> RemoveAsync(Caller caller, int titleId, CancellationToken cancellationToken = default)
    {
        if (!caller.IsLibrarian)
            return CoverRefusals.StaffOnly;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Covers.FindAsync([titleId], cancellationToken) is not { } cover)
            return false;
        database.Covers.Remove(cover);
        await database.SaveChangesAsync(cancellationToken);
        await TidyAsync(database, cover.File, cancellationToken);
        board.Publish(new CatalogChanged());
        return true;
    }

    // After the change is certain: a file too many costs room, one too few a cover.
    async Task TidyAsync(PortalDbContext database, string? file, CancellationToken cancellationToken)
    {
        if (file is not null && !await database.Covers.AnyAsync(cover => cover.File == file, cancellationToken))
            files.Delete(file);
    }

    /// <returns>Null: there is more than a cover may have.</returns>
    static async Task<byte[]?> ReadAsync(Stream picture, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await picture.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (read.Length + count > CoverLimits.MaxBytes)
                return null;
            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }
}
