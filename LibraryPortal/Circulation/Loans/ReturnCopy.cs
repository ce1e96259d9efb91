using LibraryPortal.Circulation.Facts;
using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Loans;

/// <summary>A librarian takes the copy in hand back. It goes to the next who waits, or on the shelf.</summary>
internal sealed class ReturnCopy(ChangeLibrary library)
{
    public async Task<Outcome<ReturnAnswer>> RunAsync(Caller caller, string? barcode, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await library.RunAsync(caller, async change => await LoadCopy.FindAsync(change.Database, barcode, cancellationToken) is { } copy
            ? await TakeBack.RunAsync(change, copy, cancellationToken)
            : CirculationRefusals.NoCopy(barcode), cancellationToken);
    }
}
