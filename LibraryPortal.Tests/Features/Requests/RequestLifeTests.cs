using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Opening;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Requests;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Features.Requests;

/// <summary>The life of a request on a real database, from asking to giving back.</summary>
public sealed class RequestLifeTests
{
    [Fact]
    public async Task Request_ApprovedLentAndReturned_LeavesTheCopyOnTheShelf()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");

        var request = await library.RequestAsync(reader, title);
        Assert.Equal(RequestState.Pending, await library.StateAsync(request));
        await library.ApproveAsync(request);
        Assert.Equal(RequestState.Ready, await library.StateAsync(request));
        Assert.Equal([CopyState.SetAside], await library.CopyStatesAsync(title));
        await library.LendAsync(request);
        Assert.Equal([CopyState.OnLoan], await library.CopyStatesAsync(title));
        await library.ReturnAsync(request);

        var done = await library.FindAsync(request);
        Assert.Equal(RequestState.Completed, done.State);
        Assert.Equal(library.Clock.GetUtcNow(), done.ReturnedAt);
        Assert.Equal([CopyState.Available], await library.CopyStatesAsync(title));
    }

    [Fact]
    public async Task Approve_WhenNoCopyIsFree_QueuesAndSaysThePlace()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var first = await library.RequestAsync(await library.AddReaderAsync("ada"), title);
        var second = await library.RequestAsync(await library.AddReaderAsync("ben"), title);
        await library.ApproveAsync(first);

        var answer = Allowed(await library.Get<ApproveRequest>().RunAsync(library.Librarian, second));

        Assert.Equal(RequestState.Queued, answer.State);
        Assert.Contains("number 1 in the queue", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Return_WhenSomeoneWaits_SetsTheCopyAsideForTheFirst()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var first = await library.RequestAsync(await library.AddReaderAsync("ada"), title);
        var second = await library.RequestAsync(await library.AddReaderAsync("ben"), title);
        var third = await library.RequestAsync(await library.AddReaderAsync("cleo"), title);
        await library.ApproveAsync(first);
        await library.LendAsync(first);
        // Approved in the other order: the place in the queue comes from asking, not from the approval.
        await library.ApproveAsync(third);
        await library.ApproveAsync(second);

        var answer = await library.ReturnAsync(first);

        Assert.Contains("Set it aside for ben", answer.Message, StringComparison.Ordinal);
        Assert.Equal(RequestState.Ready, await library.StateAsync(second));
        Assert.Equal(RequestState.Queued, await library.StateAsync(third));
        Assert.Equal([CopyState.SetAside], await library.CopyStatesAsync(title));
    }

    [Fact]
    public async Task Cancel_WhenReady_PassesTheCopyOn()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var ada = await library.AddReaderAsync("ada");
        var first = await library.RequestAsync(ada, title);
        var second = await library.RequestAsync(await library.AddReaderAsync("ben"), title);
        await library.ApproveAsync(first);
        await library.ApproveAsync(second);

        Allowed(await library.Get<CancelRequest>().RunAsync(ada, first));

        Assert.Equal(RequestState.Cancelled, await library.StateAsync(first));
        Assert.Equal(RequestState.Ready, await library.StateAsync(second));
    }

    [Fact]
    public async Task Cancel_ByAnotherReaderOrALibrarianWithoutAReason_IsRefused()
    {
        await using var library = await CreateAsync();
        var request = await library.RequestAsync(await library.AddReaderAsync("ada"), await library.AddTitleAsync("Emma"));
        var other = await library.AddReaderAsync("ben");

        Refused(await library.Get<CancelRequest>().RunAsync(other, request), "unknown-request");
        Refused(await library.Get<CancelRequest>().RunAsync(library.Librarian, request), "reason-empty");

        Assert.Equal(RequestState.Pending, await library.StateAsync(request));
    }

    [Fact]
    public async Task StaffSteps_ByAReader_AreRefused()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(reader, await library.AddTitleAsync("Emma"));

        Refused(await library.Get<ApproveRequest>().RunAsync(reader, request), "staff-only");
        Refused(await library.Get<DeclineRequest>().RunAsync(reader, request, "no"), "staff-only");
        Refused(await library.Get<LendRequest>().RunAsync(reader, request), "staff-only");
        Refused(await library.Get<ReturnLoan>().RunAsync(reader, request), "staff-only");
        Refused(await library.Get<LinkRequest>().RunAsync(reader, request, 1), "staff-only");

        Assert.Equal(RequestState.Pending, await library.StateAsync(request));
    }

    [Fact]
    public async Task Decline_WithAReason_TellsThePatron()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(reader, await library.AddTitleAsync("Emma"));

        Refused(await library.Get<DeclineRequest>().RunAsync(library.Librarian, request, "  "), "reason-empty");
        Allowed(await library.Get<DeclineRequest>().RunAsync(library.Librarian, request, "Being rebound until May."));

        await using var database = library.Open();
        var notice = await database.Notices.SingleAsync(notice => notice.UserId == reader.UserId);
        Assert.Equal("“Emma” was declined: Being rebound until May.", notice.Text);
        var mine = await library.Get<ListMyRequests>().RunAsync(reader, RequestFilter.Past, 1, 10);
        Assert.Equal("Being rebound until May.", Assert.Single(mine.Items).DeclineReason);
    }

    [Fact]
    public async Task Lend_WhenLentASecondTime_SaysThatItIsOnLoan()
    {
        await using var library = await CreateAsync();
        var request = await library.RequestAsync(await library.AddReaderAsync("ada"), await library.AddTitleAsync("Emma"));
        Refused(await library.Get<LendRequest>().RunAsync(library.Librarian, request), "request-state");
        await library.ApproveAsync(request);
        await library.LendAsync(request);

        var refusal = Refused(await library.Get<LendRequest>().RunAsync(library.Librarian, request), "request-state");

        Assert.Equal("R-000001 is on loan, so it cannot be lent.", refusal.Message);
    }

    [Fact]
    public async Task MyRequests_ShowsPositionAndPages()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var ada = await library.AddReaderAsync("ada");
        var taken = await library.RequestAsync(await library.AddReaderAsync("ben"), title);
        await library.ApproveAsync(taken);
        var queued = await library.RequestAsync(ada, title);
        await library.ApproveAsync(queued);
        await library.RequestAsync(ada, await library.AddTitleAsync("Persuasion", 1, "Jane Austen"));

        var first = await library.Get<ListMyRequests>().RunAsync(ada, RequestFilter.All, 1, 1);
        var second = await library.Get<ListMyRequests>().RunAsync(ada, RequestFilter.Current, 99, 1);

        Assert.Equal(2, first.PageCount);
        Assert.Equal(["Jane Austen"], Assert.Single(first.Items).Authors);
        Assert.Equal(2, second.Page);
        Assert.Equal(1, Assert.Single(second.Items).QueuePosition);
    }

    [Fact]
    public async Task Place_IsSaidBeforeTheDecision_AndCountsNobodyWhoseTimeIsOver()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var (ada, ben, cleo) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"), await library.AddReaderAsync("cleo"));
        await library.LendAsync(await ApprovedAsync(ada));
        await ApprovedAsync(ben, new DateOnly(2026, 3, 9));
        var undecided = await library.RequestAsync(cleo, title);
        Assert.Equal((0, 2), await PlaceAsync());
        await library.ApproveAsync(undecided);
        Assert.Equal((2, null), await PlaceAsync());
        var dora = await library.AddReaderAsync("dora");
        var last = await ApprovedAsync(dora, new DateOnly(2026, 3, 9));
        Assert.Equal(3, await LastAsync());

        // Ben's request ends only this night, but has nobody wait any more.
        library.Clock.Advance(new DateTimeOffset(2026, 3, 10, 0, 5, 0, TimeSpan.Zero) - library.Clock.GetUtcNow());
        Assert.Equal((1, null), await PlaceAsync());
        // And no place itself, whoever waits before it.
        Assert.Equal(0, await LastAsync());
        Allowed(await library.Get<CancelRequest>().RunAsync(cleo, undecided));
        library.Clock.Advance(TimeSpan.FromDays(7));
        Allowed(await library.Get<RenewLoan>().RunAsync(ada, (await library.LoanAsync(ada)).Id));

        // Nobody is told a place while a copy is free, and none where there is no queue.
        var free = await library.RequestAsync(cleo, await library.AddTitleAsync("Villette"));
        Assert.Null((await library.Get<ListMyRequests>().FindAsync(cleo, free))!.PlaceOnceApproved);

        async Task<Guid> ApprovedAsync(Caller reader, DateOnly? until = null)
        {
            var request = Allowed(await library.Get<RequestTitle>().RunAsync(reader, title.Id, new RequestWish { NeededUntil = until })).Id;
            await library.ApproveAsync(request);
            return request;
        }

        async Task<int> LastAsync() => (await library.Get<ListMyRequests>().FindAsync(dora, last))!.QueuePosition;

        async Task<(int, int?)> PlaceAsync()
        {
            // As a program is told it, too.
            var request = RequestItem.Of((await library.Get<ListMyRequests>().FindAsync(cleo, undecided))!);
            return (request.QueuePosition ?? 0, request.PlaceOnceApproved);
        }
    }

    [Fact]
    public async Task QueueOrDueDate_ThatChanges_IsNewsToEverybody()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        var heard = 0;
        var all = 0;
        using var listening = library.Get<ILiveBoard>().Subscribe("anybody", change =>
        {
            heard += change is CatalogChanged { TitleId: var about } && about == title.Id ? 1 : 0;
            all += change is CatalogChanged { TitleId: null } ? 1 : 0;
        });

        var asked = await library.RequestAsync(ada, title);
        Assert.Equal(1, heard);
        Allowed(await library.Get<PauseRequest>().RunAsync(ada, asked, new DateOnly(2026, 3, 20)));
        Assert.Equal(2, heard);
        Allowed(await library.Get<CancelRequest>().RunAsync(ada, asked));
        Assert.Equal(3, heard);
        // What happens to another title is no news to who looks at this one.
        var other = await library.RequestAsync(ada, await library.AddTitleAsync("Villette"));
        await library.ApproveAsync(other);
        await library.LendAsync(other);
        Assert.Equal(3, heard);
        // What changes no queue is nobody else's business.
        Allowed(await library.Get<KeepMyHistory>().RunAsync(ben, true));
        Assert.Equal(3, heard);

        // When it is expected back is: because it is renewed, and because the library closes on that day.
        var loan = Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ben.UserId, (await library.BarcodesAsync(title))[0]));
        Assert.Equal(4, heard);
        library.Clock.Advance(TimeSpan.FromDays(14));
        var due = Allowed(await library.Get<RenewLoan>().RunAsync(ben, loan.LoanId)).DueAt;
        Assert.Equal(5, heard);
        await using (var database = library.Open())
        {
            var day = DateOnly.FromDateTime(due.UtcDateTime);
            database.Closures.Add(Allowed(Closure.Of(day, day, "Painting")));
            await database.SaveChangesAsync();
        }

        Assert.Equal(1, await library.Get<MovePromisedDates>().RunAsync(default));
        Assert.Equal((6, 0), (heard, all));
    }
}
