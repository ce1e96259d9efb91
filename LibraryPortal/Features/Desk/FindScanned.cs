using LibraryPortal.Data;
using LibraryPortal.Data.Isbns;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Scans;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Desk;

/// <summary>What a scanned number belongs to.</summary>
/// <param name="PatronId">The holder of the card.</param>
/// <param name="Copies">The copy of that barcode; or, for an ISBN, all copies of the title.</param>
internal sealed record Scanned(string? PatronId, string? PatronName, IReadOnlyList<ScannedCopy> Copies);

/// <summary>Looks a number up among the cards and the copies, then among the ISBNs.</summary>
internal sealed class FindScanned(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Scanned> RunAsync(Scan scan, CancellationToken cancellationToken)
    {
        if (!scan.MayBeCode)
            return new Scanned(null, null, []);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // Typed by hand, the letter of a barcode may be small.
        var (text, upper) = (scan.Text, scan.Text.ToUpperInvariant());
        var patron = await database.Patrons.Where(patron => patron.CardNumber == text || patron.CardNumber == upper)
            .Select(patron => new { patron.UserId, patron.Name }).FirstOrDefaultAsync(cancellationToken);
        var copies = await Copies(database, database.Copies.Where(copy => copy.Barcode == text || copy.Barcode == upper)).ToListAsync(cancellationToken);
        if (copies.Count > 1)
            copies = [copies.Find(copy => copy.Barcode == text) ?? copies[0]];
        if (patron is null && copies.Count == 0 && scan.Isbn is { } isbn)
        {
            var titles = await database.TitlesOf(isbn).Select(title => title.Id).ToListAsync(cancellationToken);
            copies = await Copies(database, database.Copies.Where(copy => titles.Contains(copy.TitleId) && copy.State != CopyState.Withdrawn)).ToListAsync(cancellationToken);
        }

        return new Scanned(patron?.UserId, patron?.Name, copies);
    }

    static IQueryable<ScannedCopy> Copies(PortalDbContext database, IQueryable<Copy> copies) =>
        from copy in copies.AsNoTracking()
        join title in database.Titles on copy.TitleId equals title.Id
        join loan in database.Loans.Where(loan => loan.ReturnedAt == null) on copy.Id equals loan.CopyId into loans
        from loan in loans.DefaultIfEmpty()
        join borrower in database.Patrons on loan.PatronId equals borrower.UserId into borrowers
        from borrower in borrowers.DefaultIfEmpty()
        join request in database.Requests.Where(request => request.State == RequestState.Ready) on copy.Id equals request.CopyId into requests
        from request in requests.DefaultIfEmpty()
        join reader in database.Patrons on request.PatronId equals reader.UserId into readers
        from reader in readers.DefaultIfEmpty()
        orderby copy.Barcode
        select new ScannedCopy
        {
            Barcode = copy.Barcode,
            State = copy.State,
            Shelf = copy.Shelf,
            Note = copy.Note,
            TitleId = copy.TitleId,
            BookName = title.Name,
            LoanPatronId = loan == null ? null : loan.PatronId,
            LoanPatronName = borrower == null ? null : borrower.Name,
            KeptNumber = request == null ? null : request.Number,
            KeptPatronId = request == null ? null : request.PatronId,
            KeptPatronName = reader == null ? null : reader.Name,
        };
}
