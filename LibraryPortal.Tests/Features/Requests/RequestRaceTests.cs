using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Features.Requests;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Features.Requests;

/// <summary>Two people at once, on a real database.</summary>
public sealed class RequestRaceTests
{
    [Fact]
    public async Task LastCopy_ApprovedForManyAtOnce_GoesToExactlyOne()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        List<Guid> requests = [];
        for (var i = 0; i < 8; i++)
            requests.Add(await library.RequestAsync(await library.AddReaderAsync($"reader{i}"), title));

        var answers = await AtOnceAsync(requests, request => library.Get<ApproveRequest>().RunAsync(library.Librarian, request));

        Assert.Single(answers, answer => Allowed(answer).State == RequestState.Ready);
        Assert.Equal(7, answers.Count(answer => Allowed(answer).State == RequestState.Queued));
        Assert.Equal([CopyState.SetAside], await library.CopyStatesAsync(title));
    }

    [Fact]
    public async Task SameRequest_ApprovedByManyAtOnce_IsApprovedOnceAndTheOthersAreTold()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma", copies: 3);
        var request = await library.RequestAsync(await library.AddReaderAsync("ada"), title);

        var answers = await AtOnceAsync(Enumerable.Repeat(request, 6), id => library.Get<ApproveRequest>().RunAsync(library.Librarian, id));

        Assert.Single(answers, answer => answer.IsAllowed);
        Assert.All(answers.Where(answer => !answer.IsAllowed), answer => Assert.Equal("R-000001 is ready to collect, so it cannot be approved.", answer.Refusal!.Message));
        Assert.Single(await library.CopyStatesAsync(title), CopyState.SetAside);
    }

    [Fact]
    public async Task SameTitle_RequestedManyTimesAtOnce_IsRequestedOnce()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma", copies: 3);

        var answers = await AtOnceAsync(Enumerable.Repeat(title.Id, 8), id => library.Get<RequestTitle>().RunAsync(reader, id));

        Assert.Single(answers, answer => answer.IsAllowed);
        Assert.All(answers.Where(answer => !answer.IsAllowed), answer => Assert.Equal("already-requested", answer.Refusal!.Rule));
    }

    [Fact]
    public async Task OpenLimit_WithManyRequestsAtOnce_Holds()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        List<int> titles = [];
        for (var i = 0; i < 9; i++)
            titles.Add((await library.AddTitleAsync($"Book {i}")).Id);

        var answers = await AtOnceAsync(titles, id => library.Get<RequestTitle>().RunAsync(reader, id));

        Assert.Equal(5, answers.Count(answer => answer.IsAllowed));
    }

    [Fact]
    public async Task StaleChange_OfACopy_LosesAgainstTheNewerOne()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        await using var first = library.Open();
        await using var second = library.Open();
        var mine = await first.Copies.SingleAsync(copy => copy.TitleId == title.Id);
        var theirs = await second.Copies.SingleAsync(copy => copy.TitleId == title.Id);
        mine.SetAside();
        theirs.SetAside();
        await first.SaveChangesAsync();

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
    }

    [Fact]
    public async Task RandomSteps_ManyAtOnce_KeepTheInvariants()
    {
        await using var library = await CreateAsync();
        List<Caller> readers = [];
        for (var i = 0; i < 6; i++)
            readers.Add(await library.AddReaderAsync($"reader{i}"));
        List<Title> titles = [await library.AddTitleAsync("One"), await library.AddTitleAsync("Two", copies: 2)];

        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() => WanderAsync(library, readers, titles, new Random(seed)))));

        await using var database = library.Open();
        var copies = await database.Copies.ToListAsync();
        var active = await database.Requests.Where(request => RequestStates.Active.Contains(request.State)).ToListAsync();
        var loans = await database.Loans.Where(loan => loan.ReturnedAt == null).ToListAsync();
        foreach (var copy in copies)
        {
            var ready = active.Count(request => request.State == RequestState.Ready && request.CopyId == copy.Id);
            var lent = loans.Count(loan => loan.CopyId == copy.Id);
            Assert.Equal(copy.State switch { CopyState.SetAside => (1, 0), CopyState.OnLoan => (0, 1), _ => (0, 0) }, (ready, lent));
            if (copy.State == CopyState.Available)
                Assert.DoesNotContain(active, request => request.TitleId == copy.TitleId && request.State == RequestState.Queued);
        }

        Assert.Equal(active.Count, active.DistinctBy(request => (request.PatronId, request.TitleId)).Count());
        Assert.Equal(loans.Count, active.Count(request => request.State == RequestState.OnLoan));
    }

    static async Task WanderAsync(TestLibrary library, List<Caller> readers, List<Title> titles, Random random)
    {
        for (var step = 0; step < 60; step++)
        {
            await using var database = library.Open();
            var requests = await database.Requests.AsNoTracking().Where(request => RequestStates.Active.Contains(request.State)).ToListAsync();
            var request = requests.Count == 0 ? null : requests[random.Next(requests.Count)];
            var reader = readers[random.Next(readers.Count)];
            switch (random.Next(5))
            {
                case 0 when request is not null:
                    await library.Get<ApproveRequest>().RunAsync(library.Librarian, request.Id);
                    break;
                case 1 when request is not null:
                    await library.Get<LendRequest>().RunAsync(library.Librarian, request.Id);
                    break;
                case 2 when request is not null:
                    await library.Get<ReturnLoan>().RunAsync(library.Librarian, request.Id);
                    break;
                case 3 when request is not null && random.Next(3) == 0:
                    await library.Get<CancelRequest>().RunAsync(readers.Single(owner => owner.UserId == request.PatronId), request.Id);
                    break;
                default:
                    await library.Get<RequestTitle>().RunAsync(reader, titles[random.Next(titles.Count)].Id);
                    break;
            }
        }
    }

    static async Task<IReadOnlyList<Outcome<T>>> AtOnceAsync<TItem, T>(IEnumerable<TItem> items, Func<TItem, Task<Outcome<T>>> run)
    {
        var list = items.ToList();
        using var start = new Barrier(list.Count);
        return await Task.WhenAll(list.Select(item => Task.Factory.StartNew(async () =>
        {
            start.SignalAndWait();
            return await run(item);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }
}
