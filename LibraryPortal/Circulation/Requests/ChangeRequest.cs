using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Requests;

/// <summary>What every step of a request shares: who may take it, a request that exists, one transaction.</summary>
internal sealed class ChangeRequest(ChangeLibrary library)
{
    /// <summary>A step of the library's staff.</summary>
    public async Task<Outcome<T>> AsStaffAsync<T>(
        Caller caller, Guid requestId, Func<LibraryChange, BookRequest, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await library.RunAsync(caller, async change =>
        {
            var request = await FindAsync(change, requestId, cancellationToken);
            return request is null ? CirculationRefusals.NoRequest : await work(change, request);
        }, cancellationToken);
    }

    /// <summary>A step of the owner, or of the staff for the owner. For anybody else the request does not exist.</summary>
    public Task<Outcome<T>> AsOwnerOrStaffAsync<T>(
        Caller caller, Guid requestId, Func<LibraryChange, BookRequest, RuleActor, Task<Outcome<T>>> work, CancellationToken cancellationToken) =>
        library.RunAsync(caller, async change =>
        {
            var request = await FindAsync(change, requestId, cancellationToken);
            var actor = change.ActorFor(request?.PatronId);
            return request is null || actor == RuleActor.Stranger ? CirculationRefusals.NoRequest : await work(change, request, actor);
        }, cancellationToken);

    /// <summary>A step that the portal takes by itself; null when it has nothing to do.</summary>
    public Task<Outcome<T>> AsPortalAsync<T>(Guid requestId, Func<LibraryChange, BookRequest, Task<Outcome<T>>> work, CancellationToken cancellationToken) =>
        library.RunAsync(null, async change =>
        {
            var request = await FindAsync(change, requestId, cancellationToken);
            return request is null ? CirculationRefusals.NoRequest : await work(change, request);
        }, cancellationToken);

    /// <summary>The copy set aside for a ready request; null for any other.</summary>
    public static async Task<Copy?> SetAsideCopyAsync(LibraryChange change, BookRequest request, CancellationToken cancellationToken) =>
        request.State == RequestState.Ready ? await change.Database.Copies.SingleAsync(copy => copy.Id == request.CopyId, cancellationToken) : null;

    /// <summary>The name by which a librarian calls a patron.</summary>
    public static async Task<string> NameAsync(LibraryChange change, string? patronId, CancellationToken cancellationToken) =>
        await change.Database.Patrons.Where(patron => patron.UserId == patronId).Select(patron => patron.Name).FirstOrDefaultAsync(cancellationToken) ?? "A former reader";

    static Task<BookRequest?> FindAsync(LibraryChange change, Guid requestId, CancellationToken cancellationToken) =>
        change.Database.Requests.SingleOrDefaultAsync(request => request.Id == requestId, cancellationToken);
}
