using LibraryPortal.Circulation;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Patrons;

/// <summary>Reads one reader's page for the staff. Ended loans are shown only of readers who keep their history.</summary>
internal sealed class ReadPatron(IDbContextFactory<PortalDbContext> databases, FindStanding standing, ListLoans loans)
{
    const int MostClosed = 10;
    const int MostPast = 50;

    public async Task<Outcome<PatronDetails>> RunAsync(Caller caller, string patronId, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var found = await (
            from patron in database.Patrons.AsNoTracking()
            join user in database.Users on patron.UserId equals user.Id
            where patron.UserId == patronId
            select new
            {
                patron,
                user.Email,
                HasPassword = user.PasswordHash != null,
                BlockedBy = database.Patrons.Where(other => other.UserId == patron.BlockedById).Select(other => other.Name).FirstOrDefault(),
            }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return CirculationRefusals.NoPatron;
        var stands = await standing.RunAsync(caller, patronId, cancellationToken);
        if (!stands.IsAllowed)
            return stands.Refusal;
        return new PatronDetails
        {
            Profile = found.patron,
            Email = found.Email,
            HasPassword = found.HasPassword,
            BlockedBy = found.BlockedBy,
            Standing = stands.Value,
            Loans = (await loans.RunAsync(caller, patronId, cancellationToken)).Value ?? [],
            Requests = await RequestsAsync(database, patronId, cancellationToken),
            Past = found.patron.KeepsHistory ? await PastAsync(database, patronId, cancellationToken) : [],
        };
    }

    static async Task<IReadOnlyList<PatronRequest>> RequestsAsync(PortalDbContext database, string patronId, CancellationToken cancellationToken)
    {
        var own = database.Requests.AsNoTracking().Where(request => request.PatronId == patronId && request.State != RequestState.OnLoan);
        var open = await Project(own.Where(request => RequestStates.Open.Contains(request.State)).OrderBy(request => request.Number)).ToListAsync(cancellationToken);
        var closed = await Project(own.Where(request => request.ClosedAt != null && request.State != RequestState.Completed).OrderByDescending(request => request.ClosedAt).Take(MostClosed))
            .ToListAsync(cancellationToken);
        return [.. open, .. closed];
    }

    static IQueryable<PatronRequest> Project(IQueryable<BookRequest> requests) => requests.Select(request =>
        new PatronRequest(request.Id, request.Number, request.TitleId, request.BookName, request.State, request.RequestedAt, request.CollectBy, request.ClosedAt));

    static async Task<IReadOnlyList<PatronPastLoan>> PastAsync(PortalDbContext database, string patronId, CancellationToken cancellationToken) => await (
        from loan in database.Loans.AsNoTracking()
        join copy in database.Copies on loan.CopyId equals copy.Id
        join title in database.Titles on copy.TitleId equals title.Id
        where loan.PatronId == patronId && loan.ReturnedAt != null
        orderby loan.ReturnedAt descending
        select new PatronPastLoan(loan.Id, title.Id, title.Name, copy.Barcode, loan.LentAt, loan.ReturnedAt!.Value)).Take(MostPast).ToListAsync(cancellationToken);
}
