using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Features.Desk;
using LibraryPortal.Features.Patrons;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Patrons;

/// <summary>What the staff changes and sees of readers.</summary>
public sealed class EditPatronTests : IAsyncLifetime
{
    TestLibrary _library = null!;

    public async ValueTask InitializeAsync() => _library = await TestLibrary.CreateAsync();

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task Describe_ChangesNameCategoryCardAndNotes_AndIsAudited()
    {
        var ada = await _library.AddReaderAsync("ada");
        TestLibrary.Allowed(await Edit.DescribeAsync(_library.Librarian, ada.UserId, 0, "Ada Lovelace", "Student", "CARD-7", "Likes engines."));
        var profile = (await ReadAsync(ada)).Profile;
        Assert.Equal(("Ada Lovelace", "Student", "CARD-7", "Likes engines."), (profile.Name, profile.Category, profile.CardNumber, profile.Notes));
        await using var database = _library.Open();
        Assert.Equal("librarian", (await database.Audit.SingleAsync(entry => entry.Action == "patron.changed")).ActorName);
        // Whoever saw the old page is told so.
        TestLibrary.Refused(await Edit.DescribeAsync(_library.Librarian, ada.UserId, 0, "Ada", "Adult", "CARD-8", null), "changed-meanwhile");
    }

    [Fact]
    public async Task Describe_RefusesTakenCardsUnknownCategoriesAndNoName()
    {
        var (ada, ben) = (await _library.AddReaderAsync("ada"), await _library.AddReaderAsync("ben"));
        var taken = (await ReadAsync(ben)).Profile.CardNumber;
        var own = (await ReadAsync(ada)).Profile.CardNumber;
        Assert.Equal($"The card {taken} is ben's.", TestLibrary.Refused(await Edit.DescribeAsync(_library.Librarian, ada.UserId, 0, "Ada", "Adult", taken, null), "card-taken").Message);
        TestLibrary.Refused(await Edit.DescribeAsync(_library.Librarian, ada.UserId, 0, "Ada", "Pirate", own, null), "patron-category");
        TestLibrary.Refused(await Edit.DescribeAsync(_library.Librarian, ada.UserId, 0, " ", "Adult", own, null), "patron-name");
        TestLibrary.Refused(await Edit.DescribeAsync(_library.Librarian, ada.UserId, 0, "Ada", "Adult", " ", null), "card-number");
        Assert.Equal("ada", (await ReadAsync(ada)).Profile.Name);
    }

    [Fact]
    public async Task Membership_EndsOnlyWithoutLoansAndOpenRequests_AndMayBeginAgain()
    {
        var (ada, title) = (await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma"));
        await _library.Get<HandleScan>().RunAsync(_library.Librarian, ada.UserId, title.Copies[0].Barcode);
        TestLibrary.Refused(await Edit.SetActiveAsync(_library.Librarian, ada.UserId, false), "books-on-loan");
        await _library.Get<HandleScan>().RunAsync(_library.Librarian, null, title.Copies[0].Barcode);
        await _library.RequestAsync(ada, title);
        TestLibrary.Refused(await Edit.SetActiveAsync(_library.Librarian, ada.UserId, false), "open-requests");

        var ben = await _library.AddReaderAsync("ben");
        TestLibrary.Allowed(await Edit.SetActiveAsync(_library.Librarian, ben.UserId, false));
        Assert.Equal(DeskTone.Refused, (await _library.Get<HandleScan>().RunAsync(_library.Librarian, ben.UserId, title.Copies[0].Barcode)).Tone);
        Assert.Equal(["ben"], (await FindAsync(new PatronSearch(null, null, PatronGroup.Ended))).Select(hit => hit.Name));
        TestLibrary.Allowed(await Edit.SetActiveAsync(_library.Librarian, ben.UserId, true));
    }

    [Fact]
    public async Task EndedLoans_AreShownOnlyOfReadersWhoKeepTheirHistory()
    {
        var (ada, title) = (await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma"));
        await _library.Get<HandleScan>().RunAsync(_library.Librarian, ada.UserId, title.Copies[0].Barcode);
        await _library.Get<HandleScan>().RunAsync(_library.Librarian, null, title.Copies[0].Barcode);
        Assert.Empty((await ReadAsync(ada)).Past);
        TestLibrary.Allowed(await _library.Get<KeepMyHistory>().RunAsync(ada, true));
        Assert.Equal("Emma", Assert.Single((await ReadAsync(ada)).Past).BookName);
    }

    [Fact]
    public async Task Search_FindsByPartsOfNameCardAndEMail_AndByGroup()
    {
        var (ada, title) = (await _library.AddReaderAsync("ada.lovelace"), await _library.AddTitleAsync("Emma"));
        await _library.AddReaderAsync("ben", "Child");
        TestLibrary.Allowed(await _library.Get<BlockPatron>().RunAsync(_library.Librarian, ada.UserId, "Lost card", null));
        await _library.Get<HandleScan>().RunAsync(_library.Librarian, (await FindAsync(new PatronSearch("ben"))).Single().UserId, title.Copies[0].Barcode);
        Assert.Equal(["ada.lovelace"], (await FindAsync(new PatronSearch("LOVE ada"))).Select(hit => hit.Name));
        Assert.Equal(["ben"], (await FindAsync(new PatronSearch("ben@exam"))).Select(hit => hit.Name));
        Assert.Equal(["ben"], (await FindAsync(new PatronSearch(null, "Child"))).Select(hit => hit.Name));
        Assert.Equal(["ada.lovelace"], (await FindAsync(new PatronSearch(null, null, PatronGroup.Blocked))).Select(hit => hit.Name));
        Assert.Empty(await FindAsync(new PatronSearch(null, null, PatronGroup.Overdue)));
        _library.Clock.Advance(TimeSpan.FromDays(60));
        var late = Assert.Single(await FindAsync(new PatronSearch(null, null, PatronGroup.Overdue)));
        Assert.Equal(("ben", 1, 1), (late.Name, late.Loans, late.Overdue));
        TestLibrary.Refused(await _library.Get<FindPatrons>().RunAsync(ada, new PatronSearch(null), 1, 10), "staff-only");
    }

    [Fact]
    public async Task Search_FindsAndSortsNames_WhateverTheirCaseAndAccents()
    {
        foreach (var name in (string[])["zoë", "Özgür Öz", "anna", "Müller", "Bea O'Brien"])
            await _library.AddReaderAsync(name);
        Assert.Equal(["Müller"], await NamesAsync("muller"));
        Assert.Equal(["Müller"], await NamesAsync("MÜL"));
        Assert.Equal(["Özgür Öz"], await NamesAsync("ÖZ ozg"));
        Assert.Equal(["Bea O'Brien"], await NamesAsync("o’brien"));
        Assert.Empty(await NamesAsync("%"));
        Assert.Equal(["anna", "Bea O'Brien", "librarian", "Müller", "Özgür Öz", "zoë"], await NamesAsync(null));
        // A name that is changed is found by the new one.
        var anna = Assert.Single(await FindAsync(new PatronSearch("anna")));
        TestLibrary.Allowed(await Edit.DescribeAsync(_library.Librarian, anna.UserId, 0, "Ångström", "Adult", anna.CardNumber, null));
        Assert.Equal(["Ångström"], await NamesAsync("angstrom"));
    }

    [Fact]
    public async Task Reader_MayNotReadOrChangeReaders()
    {
        var (ada, ben) = (await _library.AddReaderAsync("ada"), await _library.AddReaderAsync("ben"));
        TestLibrary.Refused(await _library.Get<ReadPatron>().RunAsync(ada, ben.UserId), "staff-only");
        TestLibrary.Refused(await Edit.DescribeAsync(ada, ada.UserId, 0, "Queen", "Staff", "1", null), "staff-only");
        TestLibrary.Refused(await Edit.SetActiveAsync(ada, ben.UserId, false), "staff-only");
        TestLibrary.Refused(await _library.Get<FindTitles>().RunAsync(ada, "Emma"), "staff-only");
    }

    EditPatron Edit => _library.Get<EditPatron>();

    async Task<PatronDetails> ReadAsync(Caller patron) => TestLibrary.Allowed(await _library.Get<ReadPatron>().RunAsync(_library.Librarian, patron.UserId));

    async Task<IEnumerable<string>> NamesAsync(string? words) => (await FindAsync(new PatronSearch(words))).Select(hit => hit.Name);

    async Task<IReadOnlyList<PatronHit>> FindAsync(PatronSearch search) => TestLibrary.Allowed(await _library.Get<FindPatrons>().RunAsync(_library.Librarian, search, 1, 50)).Items;
}
