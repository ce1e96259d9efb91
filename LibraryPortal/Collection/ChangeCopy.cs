using LibraryPortal.Circulation;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Collection;

/// <summary>Moves a copy to another shelf.</summary>
internal sealed class ChangeCopy(ChangeLibrary library)
{
    public async Task<Outcome<string>> RunAsync(Caller caller, Guid copyId, string? shelf, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        var place = shelf?.Trim() is { Length: > 0 } words ? words : null;
        if (place?.Length > Copy.MaxShelf)
            return new Refusal(RefusalKind.Invalid, $"A shelf has at most {Copy.MaxShelf} characters; this one has {place.Length}.", "shelf-length");
        return await library.RunAsync<string>(caller, async change =>
        {
            if (await change.Database.Copies.FirstOrDefaultAsync(copy => copy.Id == copyId, cancellationToken) is not { } copy)
                return CollectionRefusals.NoCopy;
            if (copy.Shelf == place)
                return copy.Barcode;
            var before = AuditJson.Of(("shelf", copy.Shelf));
            change.Database.Entry(copy).Property(one => one.Shelf).CurrentValue = place;
            change.Database.Record(change.Actor, "copy.moved", AuditSubject.Copy, copy.Id.ToString(), copy.Barcode, change.Now, before: before, after: AuditJson.Of(("shelf", place)));
            return copy.Barcode;
        }, cancellationToken);
    }
}
