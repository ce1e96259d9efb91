using LibraryPortal.Domain.Requests;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Features.Requests;
using LibraryPortal.Tests.Support;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Features.Requests;

/// <summary>What a reader may not ask for, and what is said then.</summary>
public sealed class RequestLimitTests
{
    [Fact]
    public async Task Request_OfTheSameTitle_NamesTheFirstRequest()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma", copies: 2);
        await library.RequestAsync(reader, title);

        var refusal = Refused(await library.Get<RequestTitle>().RunAsync(reader, title.Id), "already-requested");

        Assert.Equal("You have already asked for “Emma”: R-000001, waiting for a librarian.", refusal.Message);
    }

    [Fact]
    public async Task Request_WhenTheLastOneWasReturned_IsAllowedAgain()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        var first = await library.RequestAsync(reader, title);
        await library.ApproveAsync(first);
        await library.LendAsync(first);
        var refusal = Refused(await library.Get<RequestTitle>().RunAsync(reader, title.Id), "already-on-loan");
        Assert.Equal("You have “Emma” on loan until 23 March 2026. Renew it instead.", refusal.Message);
        await library.ReturnAsync(first);

        Assert.NotEqual(first, await library.RequestAsync(reader, title));
    }

    [Fact]
    public async Task Request_BeyondFiveOpenOnes_IsRefused()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        for (var i = 0; i < 5; i++)
            await library.RequestAsync(reader, await library.AddTitleAsync($"Book {i}"));
        var sixth = await library.AddTitleAsync("Book 6");

        var refusal = Refused(await library.Get<RequestTitle>().RunAsync(reader, sixth.Id), "open-requests");

        Assert.Equal("You have 5 open requests, the most for Adult. Cancel one, or wait until one is filled.", refusal.Message);
    }

    [Fact]
    public async Task Request_TheEleventhOfADay_IsRefusedUntilTomorrow()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        for (var i = 0; i < 10; i++)
            Allowed(await library.Get<CancelRequest>().RunAsync(reader, await library.RequestAsync(reader, title)));

        var refusal = Refused(await library.Get<RequestTitle>().RunAsync(reader, title.Id), "requests-per-day");
        var tomorrow = refusal.EarliestAt!.Value;
        library.Clock.Advance(tomorrow - library.Clock.GetUtcNow());

        await library.RequestAsync(reader, title);
    }

    [Fact]
    public async Task Request_OfAnUnknownTitle_IsRefusedAndOfOneWithoutCopies_IsAWish()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        var bare = await library.AddTitleAsync("Emma", copies: 0);

        Refused(await library.Get<RequestTitle>().RunAsync(reader, 999_999), "unknown-title");
        var placed = Allowed(await library.Get<RequestTitle>().RunAsync(reader, bare.Id));
        Assert.False(placed.IsHeld);
        Assert.Equal("The library has no copy of “Emma” that can be lent at present. A librarian will see whether one can be had; your request is R-000001.", placed.Message);
        Refused(await library.Get<ApproveRequest>().RunAsync(library.Librarian, placed.Id), "no-lendable-copy");
    }

    [Fact]
    public async Task RefusedRequest_LeavesNoGapInTheNumbers()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        await library.RequestAsync(reader, title);
        Refused(await library.Get<RequestTitle>().RunAsync(reader, title.Id), "already-requested");

        var next = await library.RequestAsync(await library.AddReaderAsync("ben"), title);

        Assert.Equal(2, (await library.FindAsync(next)).Number);
    }
}
