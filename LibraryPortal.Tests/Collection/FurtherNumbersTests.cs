using LibraryPortal.Circulation.Requests;
using LibraryPortal.Collection;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Scans;
using LibraryPortal.Features.Catalog;
using LibraryPortal.Features.Collection;
using LibraryPortal.Features.Desk;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Collection;

/// <summary>A title with several ISBNs and series is found, shown and merged by all of them.</summary>
public sealed class FurtherNumbersTests : IAsyncLifetime
{
    static readonly Isbn Main = Of("9780141439587"), Second = Of("9780141439518"), Third = Of("9780394735306");

    TestLibrary _library = null!;

    public async ValueTask InitializeAsync() => _library = await TestLibrary.CreateAsync();

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Theory]
    [InlineData("9780141439587")]
    [InlineData("0-14-143951-3")]
    [InlineData("9780394735306")]
    public async Task EachIsbn_FindsTheTitle_InSearchRequestsAtTheDeskAndAmongDuplicates(string isbn)
    {
        var id = await AddAsync(new TitleDetails { Name = "Emma", Series = "Classics, #3", FurtherSeries = ["Novels of manners"] }.WithIsbns([Main, Second, Third]));
        await AddAsync(new TitleDetails { Name = "Persuasion" });

        await using var database = _library.Open();
        Assert.Equal([id], (await _library.Get<ITitleSearch>().FindAsync(database, isbn, 0, 10, default)).Ids);
        Assert.Equal([id], (await _library.Get<ITitleSearch>().FindAsync(database, "manners", 0, 10, default)).Ids);
        Assert.Equal("B-Emma", Assert.Single((await _library.Get<FindScanned>().RunAsync(TestLibrary.Allowed(Scan.Of(isbn)), default)).Copies).Barcode);
        var same = await _library.Get<FindDuplicates>().RunAsync(new TitleDetails { Name = "Other", Isbn = Of(isbn) }, null);
        Assert.Equal((id, "the same ISBN"), (Assert.Single(same).Id, same[0].Why));
        var placed = TestLibrary.Allowed(await _library.Get<RequestByName>().RunAsync(await _library.AddReaderAsync("ada"), isbn));
        Assert.Equal(id, (await _library.FindAsync(placed.Id)).TitleId);
    }

    [Fact]
    public async Task PageOfTheTitle_ShowsThemAll()
    {
        var id = await AddAsync(new TitleDetails { Name = "Emma" }.WithIsbns([Main, Second]).WithSeries(["Classics, #3", "Novels"]));
        var view = (await _library.Get<ViewTitle>().RunAsync(id))!;
        Assert.Equal(["9780141439518"], view.FurtherIsbns);
        Assert.Equal(["Classics, #3", "Novels"], view.Series);
        Assert.Equal(["Novels"], TitleDetail.From(view).FurtherSeries);
    }

    [Fact]
    public async Task MergedTitles_KeepTheNumbersOfBoth()
    {
        var kept = await AddAsync(new TitleDetails { Name = "Emma" }.WithIsbns([Main]));
        var other = await AddAsync(new TitleDetails { Name = "Emma!" }.WithIsbns([Second, Third]).WithSeries(["Classics", "Novels"]));

        TestLibrary.Allowed(await _library.Get<MergeTitles>().RunAsync(_library.Librarian, kept, other));

        await using var database = _library.Open();
        var title = await database.Titles.SingleAsync();
        Assert.Equal(["9780141439587", "9780141439518", "9780394735306"], title.AllIsbns());
        Assert.Equal(["Classics", "Novels"], title.Details.AllSeries());
        Assert.Equal([kept, kept], await database.TitleIsbns.Select(further => further.TitleId).ToListAsync());
    }

    [Fact]
    public void Form_ReadsWhatItShows_AndSaysWhichLineIsNoIsbn()
    {
        Dictionary<string, string> problems = [];
        var details = new TitleDetails { Name = "Emma" }.WithIsbns([Main, Second]).WithSeries(["Classics", "Novels"]);
        var form = TitleForm.Of(details);
        Assert.Equivalent(details, form.Read(details, problems), strict: true);

        form.FurtherIsbns += "\n123";
        Assert.Null(form.Read(details, problems));
        Assert.Contains("“123” is no ISBN", problems["FurtherIsbns"], StringComparison.Ordinal);
    }

    [Fact]
    public void FilledIsbns_AreTakenOutAgain_AndThoseOfSomebodyElseStay()
    {
        var before = new TitleDetails { Name = "Emma" }.WithIsbns([Main]).WithSeries(["Classics"]);
        var title = new Title(before, DateTimeOffset.UnixEpoch);
        Assert.True(title.FillGaps(new TitleDetails { Name = "Emma", Isbn = Second, Series = "Novels" }));
        Assert.False(title.FillGaps(new TitleDetails { Name = "Emma", Isbn = Second, Series = "novels!" }));
        var filled = TitleGaps.Filled(before, title.Details);
        title.FillGaps(new TitleDetails { Name = "Emma", Isbn = Third });

        var emptied = TitleGaps.Emptied(title.Details, filled);
        Assert.Equal([Main, Third], emptied.AllIsbns());
        Assert.Equal(["Classics"], emptied.AllSeries());
    }

    async Task<int> AddAsync(TitleDetails details)
    {
        var title = new Title(details, _library.Clock.GetUtcNow());
        title.AddCopy($"B-{details.Name}");
        await using var database = _library.Open();
        database.Titles.Add(title);
        await database.SaveChangesAsync();
        return title.Id;
    }

    static Isbn Of(string text) => Isbn.TryParse(text, out var isbn) ? isbn : throw new ArgumentException(text, nameof(text));
}
