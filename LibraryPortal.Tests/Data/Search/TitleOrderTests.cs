using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data.Search;

/// <summary>The orders, over what was found and over the whole catalogue.</summary>
public sealed class TitleOrderTests
{
    [Theory]
    [InlineData(TitleSort.Title, null, "Alpha book, Beta book, Gamma book, The Omega book")]
    [InlineData(TitleSort.Author, null, "The Omega book, Gamma book, Beta book, Alpha book")]
    [InlineData(TitleSort.Year, null, "Beta book, The Omega book, Alpha book, Gamma book")]
    [InlineData(TitleSort.Newest, null, "Alpha book, Beta book, Gamma book, The Omega book")]
    [InlineData(TitleSort.Requested, null, "Gamma book, The Omega book, Beta book, Alpha book")]
    [InlineData(TitleSort.Relevance, null, "Alpha book, Beta book, Gamma book, The Omega book")]
    [InlineData(TitleSort.Title, "book", "Alpha book, Beta book, Gamma book, The Omega book")]
    [InlineData(TitleSort.Author, "book", "The Omega book, Gamma book, Beta book, Alpha book")]
    [InlineData(TitleSort.Year, "book", "Beta book, The Omega book, Alpha book, Gamma book")]
    [InlineData(TitleSort.Newest, "book", "Alpha book, Beta book, Gamma book, The Omega book")]
    [InlineData(TitleSort.Requested, "book", "Gamma book, The Omega book, Beta book, Alpha book")]
    public async Task Titles_ComeInTheirOrder(TitleSort sort, string? words, string expected)
    {
        await using var library = await TestLibrary.CreateAsync();
        await using (var database = library.Open())
        {
            foreach (var details in new TitleDetails[]
            {
                new() { Name = "The Omega book", Authors = ["Zora Adams"], Year = 1990 },
                new() { Name = "Gamma book", Authors = ["Adams, Zoro"] },
                new() { Name = "Beta book", Authors = ["Martin Luther King Jr."], Year = 2001 },
                new() { Name = "Alpha book", Year = -300 },
            })
            {
                database.Titles.Add(new Title(details, DateTimeOffset.UnixEpoch));
                await database.SaveChangesAsync();
            }
        }

        await using var context = library.Open();
        var gamma = await context.Titles.SingleAsync(title => title.Name == "Gamma book");
        gamma.AddCopy("g");
        await context.SaveChangesAsync();
        await library.RequestAsync(await library.AddReaderAsync("ada"), gamma);

        var answer = await new SqliteTitleSearch().SearchAsync(context, new TitleSearchRequest { Text = words, Sort = sort, Take = 10 }, default);
        var names = await context.Titles.ToDictionaryAsync(title => title.Id, title => title.Name);
        Assert.Equal(expected, string.Join(", ", answer.Ids.Select(id => names[id])));
    }

    [Fact]
    public async Task Similar_SharesAuthorsOrRareSubjects()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddAsync(
            new Title(new() { Name = "Emma", Authors = ["Jane Austen"], Subjects = ["Novel", "Matchmaking"] }, default),
            new Title(new() { Name = "Persuasion", Authors = ["Jane Austen"], Subjects = ["Novel"] }, default),
            new Title(new() { Name = "Far away", Authors = ["Somebody"], Subjects = ["Geology"] }, default),
            new Title(new() { Name = "The Matchmaker", Authors = ["Thornton Wilder"], Subjects = ["Matchmaking"] }, default),
            new Title(new() { Name = "Some novel", Authors = ["Another"], Subjects = ["Novel"] }, default));
        await using var context = database.Open();
        var names = await context.Titles.ToDictionaryAsync(title => title.Id, title => title.Name);
        var similar = await new SqliteTitleSearch().FindSimilarAsync(context, names.Single(pair => pair.Value == "Emma").Key, 10, default);
        Assert.Equal(["Persuasion", "The Matchmaker", "Some novel"], similar.Select(id => names[id]));
    }
}
