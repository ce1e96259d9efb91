using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Features.Requests;
using LibraryPortal.Tests.Support;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Features.Requests;

/// <summary>Asking in words: what is recognised, what becomes a wish, what is refused.</summary>
public sealed class RequestByNameTests
{
    [Theory]
    [InlineData("The Stranger")]
    [InlineData("  the STRANGER ")]
    [InlineData("Stranger")]
    [InlineData("The Stranger by Albert Camus")]
    [InlineData("stranger by camus")]
    public async Task Name_OfAHeldTitle_IsRecognised(string name)
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("The Stranger", 1, "Albert Camus");

        var placed = Allowed(await library.Get<RequestByName>().RunAsync(await library.AddReaderAsync("ada"), name));

        Assert.True(placed.IsHeld);
        Assert.Equal(title.Id, (await library.FindAsync(placed.Id)).TitleId);
    }

    [Theory]
    [InlineData("0-14-143951-3")]
    [InlineData("ISBN 978-0-14-143951-8")]
    public async Task Isbn_OfAHeldTitle_IsRecognised(string name)
    {
        await using var library = await CreateAsync();
        Assert.True(Isbn.TryParse("0141439513", out var isbn));
        await using (var database = library.Open())
        {
            var title = new Title(new TitleDetails { Name = "Pride and Prejudice", Isbn = isbn }, library.Clock.GetUtcNow());
            title.AddCopy("B-1");
            database.Titles.Add(title);
            await database.SaveChangesAsync();
        }

        var placed = Allowed(await library.Get<RequestByName>().RunAsync(await library.AddReaderAsync("ada"), name));

        Assert.Equal("Pride and Prejudice", placed.BookName);
    }

    [Fact]
    public async Task Name_OfSeveralTitles_IsRefusedWithTheirAuthors()
    {
        await using var library = await CreateAsync();
        await library.AddTitleAsync("The Gift", 1, "Cecelia Ahern");
        var wanted = await library.AddTitleAsync("The Gift", 1, "Danielle Steel");
        var reader = await library.AddReaderAsync("ada");

        var refusal = Refused(await library.Get<RequestByName>().RunAsync(reader, "the gift"), "ambiguous-title");
        var placed = Allowed(await library.Get<RequestByName>().RunAsync(reader, "The Gift by Danielle Steel"));

        Assert.Contains("by Cecelia Ahern, by Danielle Steel", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(wanted.Id, (await library.FindAsync(placed.Id)).TitleId);
    }

    [Fact]
    public async Task Link_ToATitleTheReaderHasOnLoan_IsRefused()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        var placed = Allowed(await library.Get<RequestByName>().RunAsync(reader, "A book nobody wrote"));
        var bought = await library.AddTitleAsync("Emma");
        Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, reader.UserId, (await library.BarcodesAsync(bought))[0]));

        Refused(await library.Get<LinkRequest>().RunAsync(library.Librarian, placed.Id, bought.Id), "already-on-loan");
        Assert.Null((await library.FindAsync(placed.Id)).TitleId);
    }

    [Fact]
    public async Task UnknownName_BecomesAWishThatALibrarianLinks()
    {
        await using var library = await CreateAsync();
        var reader = await library.AddReaderAsync("ada");
        var placed = Allowed(await library.Get<RequestByName>().RunAsync(reader, "A book nobody wrote"));
        Assert.False(placed.IsHeld);
        Refused(await library.Get<RequestByName>().RunAsync(reader, "a BOOK nobody wrote!"), "already-requested");
        Refused(await library.Get<ApproveRequest>().RunAsync(library.Librarian, placed.Id), "title-not-held");

        var bought = await library.AddTitleAsync("A Book Nobody Wrote");
        Allowed(await library.Get<LinkRequest>().RunAsync(library.Librarian, placed.Id, bought.Id));
        await library.ApproveAsync(placed.Id);

        Assert.Equal(RequestState.Ready, await library.StateAsync(placed.Id));
    }

    [Theory]
    [InlineData(null, "book-name-empty")]
    [InlineData("", "book-name-empty")]
    [InlineData(" \t\n", "book-name-empty")]
    [InlineData("\u0000\u0007", "book-name-empty")]
    public async Task EmptyName_IsRefused(string? name, string rule)
    {
        await using var library = await CreateAsync();
        Refused(await library.Get<RequestByName>().RunAsync(await library.AddReaderAsync("ada"), name), rule);
    }

    [Fact]
    public async Task HugeName_IsRefusedWithItsLength()
    {
        await using var library = await CreateAsync();
        var refusal = Refused(await library.Get<RequestByName>().RunAsync(await library.AddReaderAsync("ada"), new string('x', 10_000)), "book-name-too-long");
        Assert.Equal("The name of a book may have 500 characters; this one has 10,000.", refusal.Message);
    }
}
