using LibraryPortal.Circulation;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Collection;

/// <summary>Deletes a copy that was added by mistake. One with a history is withdrawn instead.</summary>
internal sealed class DeleteCopy(ChangeLibrary library)
{
    public async Task<Outcome<string>> RunAsync(Caller caller, Guid copyId, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await library.RunAsync<string>(caller, async change =>
        {
            var database = change.Database;
            if (await database.Copies.FirstOrDefaultAsync(copy => copy.Id == copyId, cancellationToken) is not { } copy)
                return CollectionRefusals.NoCopy;
            if (copy.State is CopyState.OnLoan or CopyState.SetAside
                || await database.Loans.AnyAsync(loan => loan.CopyId == copyId, cancellationToken) || await database.Requests.AnyAsync(request => request.CopyId == copyId, cancellationToken))
                return new Refusal(RefusalKind.Conflict, $"Copy {copy.Barcode} was lent or set aside, so it belongs to the library's history. Withdraw it instead.", "copy-used");
            database.Copies.Remove(copy);
            database.Record(change.Actor, "copy.deleted", AuditSubject.Copy, copy.Id.ToString(), copy.Barcode, change.Now, before: AuditJson.Of(("barcode", copy.Barcode), ("shelf", copy.Shelf)));
            return copy.Barcode;
        }, cancellationToken);
    }
}
