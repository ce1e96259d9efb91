using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>A librarian takes the copy of a request back. It goes to the next who waits, or on the shelf.</summary>
internal sealed class ReturnLoan(StaffChange changes)
{
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, CancellationToken cancellationToken = default) =>
        changes.RunAsync(caller, requestId, async (change, request) =>
        {
            if (request.State != RequestState.OnLoan)
                return request.NotOnLoan();
            var loan = await change.Database.Loans.SingleAsync(loan => loan.RequestId == request.Id, cancellationToken);
            var copy = await change.Database.Copies.SingleAsync(copy => copy.Id == loan.CopyId, cancellationToken);
            if (loan.Return(copy, request, change.Now).Refusal is { } refusal)
                return refusal;
            change.Tell(request.PatronId!, request.Id, "returned", $"“{request.BookName}” is back at the library. Thank you.");
            var served = await ServeWaitingList.RunAsync(change, copy.TitleId, cancellationToken);
            foreach (var (next, nextCopy) in served)
            {
                if (nextCopy != copy)
                    continue;
                var name = await StaffChange.NameAsync(change, next.PatronId!, cancellationToken);
                return new RequestAnswer(request.State, $"“{request.BookName}” ({copy.Barcode}) is back. Set it aside for {name}, {next.DisplayNumber}.");
            }

            return new RequestAnswer(request.State, $"“{request.BookName}” ({copy.Barcode}) is back{(copy.Shelf is { } shelf ? $"; it belongs on shelf {shelf}" : "")}.");
        }, cancellationToken);
}
