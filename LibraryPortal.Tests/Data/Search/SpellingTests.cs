using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Data.Search;

/// <summary>What is found although it was mistyped, and what is not touched.</summary>
public sealed class SpellingTests
{
    readonly SqliteTitleSearch _search = new();

    [Theory]
    [InlineData("tolkein", "tolkien")]
    [InlineData("hobit", "hobbit")]
    [InlineData("the hobbbit", "the hobbit")]
    [InlineData("hpbbit tolkin", "hobbit tolkien")]
    [InlineData("silmarilion", "silmarillion")]
    [InlineData("thehobbit", "the hobbit")]
    [InlineData("marqeuz solitude", "marquez solitude")]
    [InlineData("hundrd yeers", "hundred years")]
    [InlineData("silmarrill", "silmarillion")]
    public async Task Mistyped_IsFoundAndSaysWhatWasSearchedFor(string typed, string corrected)
    {
        await using var database = await LibraryAsync();
        await using var context = database.Open();
        var answer = await _search.SearchAsync(context, new TitleSearchRequest { Text = typed, Take = 10 }, default);
        Assert.Equal(corrected, answer.Corrected);
        Assert.NotEmpty(answer.Ids);
    }

    [Theory]
    [InlineData("hobbit")]
    [InlineData("hobb")]
    [InlineData("TOLKIEN hobbit")]
    public async Task WhatFindsSomething_IsNotCorrected(string typed)
    {
        await using var database = await LibraryAsync();
        await using var context = database.Open();
        var answer = await _search.SearchAsync(context, new TitleSearchRequest { Text = typed, Take = 10 }, default);
        Assert.Null(answer.Corrected);
        Assert.NotEmpty(answer.Ids);
    }

    [Fact]
    public async Task Literal_FindsNothingInstead()
    {
        await using var database = await LibraryAsync();
        await using var context = database.Open();
        var answer = await _search.SearchAsync(context, new TitleSearchRequest { Text = "tolkein", Take = 10, IsLiteral = true }, default);
        Assert.Equal((0, null), (answer.Total, answer.Corrected));
    }

    [Fact]
    public async Task FiltersInTheWay_AreNotCorrectedAway()
    {
        await using var database = await LibraryAsync();
        await using var context = database.Open();
        var answer = await _search.SearchAsync(context, new TitleSearchRequest { Text = "hobbit", Take = 10, IsAvailable = true, WantsFacets = true }, default);
        Assert.Equal((0, null, false), (answer.Total, answer.Corrected, answer.IsLoose));
    }

    [Theory]
    [InlineData("hobit", "hobbit")]
    [InlineData("tolkein hobit", null)]
    [InlineData("hobbit", null)]
    [InlineData("silmarillion", null)]
    public async Task FewFound_SuggestsWhatFindsManyMore(string typed, string? suggested)
    {
        await using var database = await LibraryAsync();
        // Somebody mistyped it in the catalogue, too.
        await database.AddAsync([new Title(new() { Name = "The Hobit, abridged" }, default), .. Enumerable.Range(1, 5).Select(i => new Title(new() { Name = $"Hobbit companion {i}" }, default))]);
        await using var context = database.Open();
        var answer = await _search.SearchAsync(context, new TitleSearchRequest { Text = typed, Take = 10 }, default);
        Assert.Equal(suggested, answer.Suggested);
        Assert.NotEmpty(answer.Ids);
        Assert.Null((await _search.SearchAsync(context, new TitleSearchRequest { Text = typed, Take = 10, IsLiteral = true }, default)).Suggested);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abcd", "abdc", 1)]
    [InlineData("abc", "abxc", 1)]
    [InlineData("abc", "ac", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    public void Distance_CountsWrongMissingAdditionalAndSwappedLetters(string one, string other, int distance)
    {
        Assert.Equal(distance, EditDistance.Between(one, other, 5));
        Assert.Equal(distance, EditDistance.Between(other, one, 5));
        if (distance > 0)
            Assert.True(EditDistance.Between(one, other, distance - 1) > distance - 1);
    }

    static async Task<TestDatabase> LibraryAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await database.AddAsync([.. new TitleDetails[]
        {
            new() { Name = "The Hobbit", Authors = ["J. R. R. Tolkien"] },
            new() { Name = "The Silmarillion", Authors = ["J. R. R. Tolkien"] },
            new() { Name = "One Hundred Years of Solitude", Authors = ["Gabriel García Márquez"] },
        }.Select(details => new Title(details, DateTimeOffset.UnixEpoch))]);
        return database;
    }
}
