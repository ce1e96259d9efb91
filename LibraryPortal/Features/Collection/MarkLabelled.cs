using LibraryPortal.Circulation;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Collection;

/// <summary>Notes that labels were printed, so that the next sheet holds only what was added since. It changes nothing that anybody else works on.</summary>
internal sealed class MarkLabelled(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="barcodes">Null: every copy that has no label yet.</param>
    /// <returns>What to say.</returns>
    public async Task<Outcome<string>> RunAsync(Caller caller, IReadOnlyCollection<string>? barcodes, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var copies = database.Copies.Where(copy => copy.LabelledAt == null);
        if (barcodes is not null)
            copies = copies.Where(copy => barcodes.Contains(copy.Barcode));
        var now = clock.GetUtcNow();
        return await copies.ExecuteUpdateAsync(copy => copy.SetProperty(each => each.LabelledAt, now), cancellationToken) switch
        {
            0 => "These labels were noted as printed before.",
            1 => "1 label is noted as printed.",
            var count => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count:N0} labels are noted as printed."),
        };
    }
}
