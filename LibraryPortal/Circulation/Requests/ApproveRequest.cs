using LibraryPortal.Circulation.Facts;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Requests;

/// <summary>A librarian approves a request: a free copy is set aside for it, or it waits for one.</summary>
internal sealed class ApproveRequest(ChangeRequest requests)
{
    /// <param name="barcode">The copy to set aside; null: any free one.</param>
    /// <param name="overrideReason">Why the rules about the copy are set aside; null: they hold.</param>
    public Task<Outcome<RequestAnswer>> RunAsync(
        Caller caller, Guid requestId, string? barcode = null, string? overrideReason = null, CancellationToken cancellationToken = default) =>
        requests.AsStaffAsync<RequestAnswer>(caller, requestId, async (change, request) =>
        {
            var title = await LoadTitle.OfAsync(change.Database, request, change.Now, cancellationToken);
            if (!change.Rules.Approve(LoadRequest.Of(request), title, change.Now).Allows(RuleListener.Librarian, out var refusal))
                return refusal;
            var picked = barcode is null ? null : await LoadCopy.FindAsync(change.Database, barcode, cancellationToken);
            if (barcode is not null && picked is null)
                return CirculationRefusals.NoCopy(barcode);
            var ruling = picked is null ? Ruling.Allowed : await JudgeAsync(change, request, picked, cancellationToken);
            if (Overrides.Refusal(ruling, RuleListener.Librarian, overrideReason) is { } wrongCopy)
                return wrongCopy;

            request.Approve(change.StaffId(null), change.Now);
            change.Did("request.approved", request, ruling.IsAllowed ? null : overrideReason);
            if (picked is not null)
                await ServeQueue.SetAsideAsync(change, request, picked, cancellationToken);
            await ServeQueue.RunAsync(change, request.TitleId!.Value, cancellationToken);
            return await AnswerAsync(change, request, cancellationToken);
        }, cancellationToken);

    static async Task<Ruling> JudgeAsync(LibraryChange change, BookRequest request, Domain.Catalog.Copy copy, CancellationToken cancellationToken)
    {
        var facts = await LoadCopy.OfAsync(change.Database, copy, request.PatronId, request.TitleId, cancellationToken);
        var queue = await LoadRequest.WithQueueAsync(change.Database, request, change.Now, cancellationToken);
        return LibraryRules.SetAside(queue, facts);
    }

    static async Task<RequestAnswer> AnswerAsync(LibraryChange change, BookRequest request, CancellationToken cancellationToken)
    {
        var name = await ChangeRequest.NameAsync(change, request.PatronId, cancellationToken);
        if (request.State == RequestState.Ready)
        {
            var copy = await change.Database.Copies.SingleAsync(copy => copy.Id == request.CopyId, cancellationToken);
            var shelf = copy.Shelf is { } mark ? $", shelf {mark}," : "";
            return new RequestAnswer(request.State, $"{request.DisplayNumber} approved: set copy {copy.Barcode}{shelf} of “{request.BookName}” aside for {name}.");
        }

        var place = await change.Database.Requests.Waiting(change.Now).CountAsync(
            other => other.TitleId == request.TitleId && other.Number <= request.Number, cancellationToken);
        change.Tell(request, "approved", $"“{request.BookName}” was approved. All copies are out; you are number {place} in the queue.");
        return new RequestAnswer(request.State, $"{request.DisplayNumber} approved, but no copy of “{request.BookName}” is free: {name} is number {place} in the queue.");
    }
}
