using LibraryPortal.Data.Isbns;
using LibraryPortal.Data.Migrations;
using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LibraryPortal.Tests.Data.Migrations;

/// <summary>A catalogue from before titles had further ISBNs keeps its titles, and they can be given some.</summary>
public sealed class FurtherIsbnsMigrationTests
{
    [Fact]
    public async Task Upgrade_KeepsTitles_ThatAreFoundByWhatTheyAreGiven_AndTheWayBackKeepsThemToo()
    {
        await using var file = new UnmigratedDatabase();
        await ToAsync(file, "LabelledRows");
        await file.RunAsync("""
            INSERT INTO Titles (Id, Name, Authors, Subjects, AddedAt, SortKey, AuthorKey, IdentityKey, SearchName, SearchAuthors, SearchSubjects, SearchIsbn, Isbn13, Series, Names, Links)
            VALUES (7, 'Emma', '["Jane Austen"]', '[]', 5, 'emma', 'austen jane', 'emma|||jane austen', 'emma', 'jane austen', '', '9780141439587', '9780141439587', 'Classics', '', '')
            """);

        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);

        Assert.True(Isbn.TryParse("0141439513", out var further));
        await using (var database = file.Open())
        {
            var title = await database.Titles.SingleAsync();
            Assert.Equal(["9780141439587"], title.AllIsbns());
            Assert.Equal(["Classics"], title.Details.AllSeries());
            title.FillGaps(new TitleDetails { Name = "Emma", Isbn = further });
            await database.SaveChangesAsync();
            Assert.Equal(7, (await database.TitlesOf(further).SingleAsync()).Id);
            title.Describe(new TitleDetails { Name = "Emma", Isbn = title.Details.Isbn });
            await database.SaveChangesAsync();
            Assert.Empty(await database.TitleIsbns.ToListAsync());
        }

        await ToAsync(file, "LabelledRows");
        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
        await using var after = file.Open();
        Assert.Equal(["9780141439587"], (await after.Titles.SingleAsync()).AllIsbns());
    }

    static async Task ToAsync(UnmigratedDatabase file, string migration)
    {
        await using var database = file.Open();
        await database.GetService<IMigrator>().MigrateAsync(migration);
    }
}
