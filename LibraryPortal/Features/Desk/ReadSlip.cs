using System.Globalization;
using LibraryPortal.Circulation;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Desk;

/// <summary>What stands on the slip in a set-aside copy.</summary>
internal sealed record HoldSlip(string Number, string PatronName, string CardNumber, string BookName, string Barcode, DateTimeOffset CollectBy);

/// <summary>Reads the slip of a request that is ready to collect.</summary>
internal sealed class ReadSlip(IDbContextFactory<PortalDbContext> databases)
{
    /// <param name="number">R-000042.</param>
    public async Task<Outcome<HoldSlip>> RunAsync(Caller caller, string? number, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        if (number is not { Length: > 2 and < 20 } || !long.TryParse(number.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted))
            return CirculationRefusals.NoRequest;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var slip = await (
            from request in database.Requests.AsNoTracking()
            join patron in database.Patrons on request.PatronId equals patron.UserId
            join copy in database.Copies on request.CopyId equals copy.Id
            where request.Number == wanted && request.State == RequestState.Ready
            select new { patron.Name, patron.CardNumber, request.BookName, copy.Barcode, request.CollectBy }).SingleOrDefaultAsync(cancellationToken);
        return slip is null
            ? new Refusal(RefusalKind.NotFound, $"{BookRequest.FormatNumber(wanted)} has no copy on the hold shelf.", "no-slip")
            : new HoldSlip(BookRequest.FormatNumber(wanted), slip.Name, slip.CardNumber, slip.BookName, slip.Barcode, slip.CollectBy!.Value);
    }
}
