using System.Globalization;
using LibraryPortal.Collection;
using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>Gives a title a picture of its cover, or takes it away again; then the drawn one is shown.</summary>
internal sealed class ChangeCover(IDbContextFactory<PortalDbContext> databases, CoverFiles files, TidyCovers tidy, ILiveBoard board, TimeProvider clock)
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
        var image = await files.SaveAsync(cleaned.Value!, cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await NameAsync(database, titleId, cancellationToken) is not { } name)
        {
            await tidy.RunAsync(image.File, cancellationToken);
            return CoverRefusals.NoTitle;
        }

        var cover = await database.Covers.FindAsync([titleId], cancellationToken);
        var before = cover?.File;
        if (cover is null)
            database.Covers.Add(new TitleCover(titleId, image, caller.UserId, clock.GetUtcNow()));
        else
            cover.Replace(image, caller.UserId, clock.GetUtcNow());
        await RecordAsync(database, caller, "cover.changed", titleId, name, (before, image.File), cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await tidy.RunAsync(before, cancellationToken);
        board.Publish(new CatalogChanged(titleId));
        return image;
    }

    /// <returns>True when there was a picture.</returns>
    public async Task<Outcome<bool>> RemoveAsync(Caller caller, int titleId, CancellationToken cancellationToken = default)
    {
        if (!caller.IsLibrarian)
            return CoverRefusals.StaffOnly;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Covers.FindAsync([titleId], cancellationToken) is not { } cover)
            return false;
        database.Covers.Remove(cover);
        await RecordAsync(database, caller, "cover.removed", titleId, await NameAsync(database, titleId, cancellationToken) ?? "", (cover.File, null), cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await tidy.RunAsync(cover.File, cancellationToken);
        board.Publish(new CatalogChanged(titleId));
        return true;
    }

    static Task<string?> NameAsync(PortalDbContext database, int titleId, CancellationToken cancellationToken) =>
        database.Titles.Where(title => title.Id == titleId).Select(title => title.Name).SingleOrDefaultAsync(cancellationToken);

    async Task RecordAsync(
        PortalDbContext database, Caller caller, string action, int titleId, string name, (string? Before, string? After) file, CancellationToken cancellationToken) => database.Record(
            await database.ActorAsync(caller.UserId, cancellationToken), action, AuditSubject.Title, titleId.ToString(CultureInfo.InvariantCulture), name, clock.GetUtcNow(),
            before: Picture(file.Before), after: Picture(file.After));

    static string? Picture(string? file) => file is null ? null : AuditJson.Of(("picture", TitleCover.AddressOf(file)));

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
