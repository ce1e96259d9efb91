using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Desk;

/// <summary>All that a librarian must see of a reader who stands at the desk.</summary>
internal sealed class ReadDeskPatron(IDbContextFactory<PortalDbContext> databases, FindStanding standing, ListLoans loans)
{
    public async Task<Outcome<DeskPatron>> RunAsync(Caller caller, string patronId, CancellationToken cancellationToken = default)
    {
        var found = await standing.RunAsync(caller, patronId, cancellationToken);
        if (!found.IsAllowed)
            return found.Refusal;
        var current = await loans.RunAsync(caller, patronId, cancellationToken);
        if (!current.IsAllowed)
            return current.Refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var ready = await (
            from request in database.Requests.AsNoTracking()
            join copy in database.Copies on request.CopyId equals copy.Id
            where request.PatronId == patronId && request.State == RequestState.Ready
            orderby request.CollectBy
            select new ReadyCopy(BookRequest.FormatNumber(request.Number), request.BookName, copy.Barcode, request.CollectBy!.Value)).ToListAsync(cancellationToken);
        return new DeskPatron
        {
            UserId = patronId,
            Standing = found.Value,
            Loans = current.Value,
            Ready = ready,
        };
    }
}
