using LibraryPortal.Circulation;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Collection;

/// <summary>Adds copies of a title: with the barcodes on them, or with the next free ones. Readers who wait for the title are served at once.</summary>
internal sealed class AddCopies(ChangeLibrary library)
{
    /// <summary>The most at a time.</summary>
    public const int Most = 99;

    /// <param name="count">How many without a barcode of their own; ignored where barcodes are given.</param>
    /// <param name="barcodes">As scanned.</param>
    /// <returns>The barcodes of the new copies.</returns>
    public async Task<Outcome<string[]>> RunAsync(
        Caller caller, int titleId, int count, IReadOnlyList<string> barcodes, string? shelf, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        List<string> given = [.. barcodes.Select(barcode => barcode.Replace(" ", "", StringComparison.Ordinal)).Where(barcode => barcode.Length > 0)];
        if (Check(given, count, shelf?.Trim()) is { } wrong)
            return wrong;
        return await library.RunAsync<string[]>(caller, async change =>
        {
            if (await change.Database.Titles.FirstOrDefaultAsync(title => title.Id == titleId, cancellationToken) is not { } title)
                return CirculationRefusals.NoTitle;
            var taken = await change.Database.Copies.Where(copy => given.Contains(copy.Barcode)).Select(copy => copy.Barcode).FirstOrDefaultAsync(cancellationToken);
            if (taken is not null)
                return new Refusal(RefusalKind.Conflict, $"The barcode {taken} is on another copy already.", "barcode-taken");
            string[] codes = given.Count > 0 ? [.. given] : [.. await change.Database.TakeBarcodesAsync(count, given.ToHashSet(StringComparer.Ordinal), cancellationToken)];
            foreach (var code in codes)
            {
                var copy = title.AddCopy(code, shelf?.Trim() is { Length: > 0 } place ? place : null);
                // A barcode that could be scanned is on the copy already.
                if (given.Count > 0)
                    copy.Label(change.Now);
                change.Database.Copies.Add(copy);
                change.Database.Record(change.Actor, "copy.added", AuditSubject.Copy, copy.Id.ToString(), $"{code} “{title.Name}”", change.Now);
            }

            await ServeQueue.RunAsync(change, titleId, cancellationToken);
            return codes;
        }, cancellationToken);
    }

    static Refusal? Check(List<string> barcodes, int count, string? shelf)
    {
        if (barcodes.Count == 0 && count is < 1 or > Most)
            return new Refusal(RefusalKind.Invalid, $"1 to {Most} copies can be added at a time.", "copies-count", Number: Most);
        if (barcodes.Count > Most)
            return new Refusal(RefusalKind.Invalid, $"1 to {Most} copies can be added at a time; these are {barcodes.Count}.", "copies-count", Number: Most);
        if (barcodes.Find(barcode => barcode.Length > Copy.MaxBarcode) is { } longest)
            return new Refusal(RefusalKind.Invalid, $"A barcode has at most {Copy.MaxBarcode} characters; {longest[..20]}… has {longest.Length}.", "barcode-length");
        if (barcodes.Distinct(StringComparer.Ordinal).Count() != barcodes.Count)
            return new Refusal(RefusalKind.Invalid, "The same barcode is given twice.", "barcode-twice");
        return shelf?.Length > Copy.MaxShelf ? new Refusal(RefusalKind.Invalid, $"A shelf has at most {Copy.MaxShelf} characters.", "shelf-length") : null;
    }
}
