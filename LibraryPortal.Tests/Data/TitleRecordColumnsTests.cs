using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Records;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data;

/// <summary>The columns a library's record fills.</summary>
public sealed class TitleRecordColumnsTests
{
    [Fact]
    public async Task NamesAndLinks_ComeBackAsTheyWereSaved()
    {
        await using var database = await TestDatabase.CreateAsync();
        var details = new TitleDetails
        {
            Name = "Genji",
            Edition = "1st ed.",
            ScriptName = "源氏物語",
            Names = [new("Murasaki Shikibu", "Murasaki Shikibu, 978-1014"), new("Unesco", "Unesco", "publisher", IsBody: true)],
            Links = [new(new Uri("https://example.org/a"), "Cover")],
        };
        await database.AddAsync(new Title(details, DateTimeOffset.UnixEpoch), new Title(new TitleDetails { Name = "Bare" }, DateTimeOffset.UnixEpoch));

        await using var context = database.Open();
        var titles = await context.Titles.OrderBy(title => title.Id).ToListAsync();
        Assert.Equivalent(details, titles[0].Details, strict: true);
        Assert.Empty(titles[1].Names);
        Assert.Contains("源氏物語", titles[0].SearchName, StringComparison.Ordinal);
        titles[0].Describe(details with { Names = [new BibliographicName("Ann", "Ann")] });
        await context.SaveChangesAsync();
        await using var again = database.Open();
        Assert.Equal("Ann", Assert.Single((await again.Titles.FirstAsync()).Names).Name);
    }

    [Fact]
    public async Task ARowFromBeforeTheColumns_HasNoNamesAndNoLinks()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddAsync(new Title(new TitleDetails { Name = "Old" }, DateTimeOffset.UnixEpoch));
        await using var context = database.Open();
        await context.Database.ExecuteSqlRawAsync("UPDATE Titles SET Names = '', Links = ''");

        var title = await context.Titles.SingleAsync();
        Assert.Empty(title.Names);
        Assert.Empty(title.Links);
    }
}
