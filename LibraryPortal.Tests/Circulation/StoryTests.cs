using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Circulation.Story;
using LibraryPortal.Tests.Support;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Circulation;

/// <summary>What a person reads about what happened, and about how they stand.</summary>
public sealed class StoryTests
{
    [Fact]
    public async Task Story_OfARequest_ReadsAsSentences()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(ada, await library.AddTitleAsync("Emma"));
        Allowed(await library.Get<PauseRequest>().RunAsync(ada, request, new DateOnly(2026, 3, 9)));
        Allowed(await library.Get<ResumeRequest>().RunAsync(ada, request));
        await library.ApproveAsync(request);
        await library.LendAsync(request);
        library.Clock.Advance(TimeSpan.FromDays(15));
        Allowed(await library.Get<RenewLoan>().RunAsync(library.Librarian, (await library.LoanAsync(ada)).Id));
        await library.ReturnAsync(request);

        string[] expected =
        [
            "ada asked for R-000001 “Emma”.", "ada paused R-000001 until 9 March 2026.", "ada ended the pause of R-000001.", "librarian approved R-000001.",
            "A copy was set aside for R-000001, until 10 March 2026.", "librarian lent R-000001 “Emma”.", "librarian renewed “Emma” until 7 April 2026.", "librarian took “Emma” back.",
        ];
        Assert.Equal(expected, Allowed(await library.Get<ReadStory>().RunAsync(library.Librarian, request)).Select(line => line.Text));
        Assert.Equal("You asked for R-000001 “Emma”.", Allowed(await library.Get<ReadStory>().RunAsync(ada, request))[0].Text);
        Refused(await library.Get<ReadStory>().RunAsync(await library.AddReaderAsync("ben"), request), "unknown-request");
    }

    [Fact]
    public async Task Story_ForItsReader_LeavesOutWhatTheStaffNoteForOneAnother()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        var request = await library.RequestAsync(ada, title);
        await library.ApproveAsync(request);
        Allowed(await library.Get<BlockPatron>().RunAsync(library.Librarian, ada.UserId, "Fees are open", null));
        Allowed(await library.Get<LendRequest>().RunAsync(library.Librarian, request, null, "She always promises to pay"));
        var barcode = (await library.BarcodesAsync(title))[0];
        Allowed(await library.Get<ReportLost>().RunAsync(library.Librarian, barcode, "Her brother sold it, I think"));
        Allowed(await library.Get<ReportFound>().RunAsync(library.Librarian, barcode, "It stood behind the radiator"));

        var staff = string.Join(' ', Allowed(await library.Get<ReadStory>().RunAsync(library.Librarian, request)).Select(line => line.Text));
        var own = string.Join(' ', Allowed(await library.Get<ReadStory>().RunAsync(ada, request)).Select(line => line.Text));

        foreach (var note in (string[])["She always promises to pay", "Her brother sold it, I think", "It stood behind the radiator"])
        {
            Assert.Contains(note, staff, StringComparison.Ordinal);
            Assert.DoesNotContain(note, own, StringComparison.Ordinal);
        }

        Assert.Contains("librarian reported “Emma” lost. librarian reported “Emma” found.", own, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standing_ListsWhatStopsAReaderWithTheRemedy()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        for (var i = 0; i < 3; i++)
            Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, (await library.BarcodesAsync(await library.AddTitleAsync($"Book {i}")))[0]));
        Assert.Empty(Allowed(await library.Get<FindStanding>().RunAsync(ada)).Blocks);
        library.Clock.Advance(TimeSpan.FromDays(22));
        Assert.Equal("block-dates", Refused(await library.Get<BlockPatron>().RunAsync(library.Librarian, ada.UserId, "Fees.", new DateOnly(2026, 3, 1)), "block-dates").Rule);
        Refused(await library.Get<BlockPatron>().RunAsync(ada, ada.UserId, "Fees.", null), "staff-only");
        Allowed(await library.Get<BlockPatron>().RunAsync(library.Librarian, ada.UserId, "Fees are open", null));

        var own = Allowed(await library.Get<FindStanding>().RunAsync(ada));
        Assert.Equal((3, 3), (own.Loans, own.Overdue));
        Assert.Equal(["Your account is blocked: Fees are open. Ask at the desk.", "You have 3 overdue books. Return one, and you can request, borrow and renew again."], own.Blocks);

        Allowed(await library.Get<UnblockPatron>().RunAsync(library.Librarian, ada.UserId));
        Assert.Single(Allowed(await library.Get<FindStanding>().RunAsync(library.Librarian, ada.UserId)).Blocks);
        Refused(await library.Get<FindStanding>().RunAsync(ada, library.Librarian.UserId), "unknown-patron");
        Refused(await library.Get<UnblockPatron>().RunAsync(library.Librarian, ada.UserId), "not-blocked");
    }

    [Fact]
    public async Task Expected_IsSaidOnlyWithEnoughPast()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var barcode = (await library.BarcodesAsync(title))[0];
        var ada = await library.AddReaderAsync("ada");
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await library.Get<ExpectReady>().RunAsync(title.Id));
            Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, barcode));
            library.Clock.Advance(TimeSpan.FromDays(21));
            Allowed(await library.Get<ReturnCopy>().RunAsync(library.Librarian, barcode));
        }

        Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, barcode));

        // Lent on Monday, 4 May 2026 and usually back on the day it is due.
        Assert.Equal(new DateOnly(2026, 5, 25), await library.Get<ExpectReady>().RunAsync(title.Id));
        Assert.True(await library.Get<ExpectReady>().RunAsync(title.Id, 2) > new DateOnly(2026, 6, 10));
    }
}
