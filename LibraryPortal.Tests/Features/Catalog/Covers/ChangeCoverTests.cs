using System.Net;
using LibraryPortal.Data;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Features.Catalog.Covers;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Catalog.Covers;

/// <summary>Uploading, showing and removing covers.</summary>
public sealed class ChangeCoverTests(PortalApp app) : IClassFixture<PortalApp>
{
    static readonly Caller Librarian = new("librarian", IsLibrarian: true, IsAdmin: false);

    ChangeCover Change => app.Services.GetRequiredService<ChangeCover>();

    [Fact]
    public async Task Cover_IsServedUnderItsHashAndReplacedAndRemoved()
    {
        var title = await AddTitleAsync();
        var first = TestLibrary.Allowed(await Change.UploadAsync(Librarian, title, new MemoryStream(Pictures.Png(100, 151))));
        using var client = app.CreateClient();
        using var response = await client.GetAsync(TitleCover.AddressOf(first.File));
        Assert.Equal(("image/png", true), (response.Content.Headers.ContentType!.MediaType, response.Headers.CacheControl!.ToString().Contains("immutable", StringComparison.Ordinal)));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        var second = TestLibrary.Allowed(await Change.UploadAsync(Librarian, title, new MemoryStream(Pictures.Jpeg(200, 301))));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(TitleCover.AddressOf(first.File))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(TitleCover.AddressOf(second.File))).StatusCode);
        Assert.True(TestLibrary.Allowed(await Change.RemoveAsync(Librarian, title)));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(TitleCover.AddressOf(second.File))).StatusCode);
        Assert.False(TestLibrary.Allowed(await Change.RemoveAsync(Librarian, title)));
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var key = title.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(["cover.changed", "cover.changed", "cover.removed"],
            await database.Audit.Where(entry => entry.SubjectId == key && entry.ActorId == Librarian.UserId).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
    }

    [Fact]
    public async Task PictureOfTwoTitles_StaysWhileOneHasIt()
    {
        var (one, two) = (await AddTitleAsync(), await AddTitleAsync());
        var image = TestLibrary.Allowed(await Change.UploadAsync(Librarian, one, new MemoryStream(Pictures.Png(90, 140))));
        TestLibrary.Allowed(await Change.UploadAsync(Librarian, two, new MemoryStream(Pictures.Png(90, 140))));
        TestLibrary.Allowed(await Change.RemoveAsync(Librarian, one));
        using var client = app.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(TitleCover.AddressOf(image.File))).StatusCode);
    }

    [Fact]
    public async Task Refused_ChangesNothing()
    {
        var title = await AddTitleAsync();
        var reader = new Caller("reader", IsLibrarian: false, IsAdmin: false);
        TestLibrary.Refused(await Change.UploadAsync(reader, title, new MemoryStream(Pictures.Png(90, 141))), "staff-only");
        TestLibrary.Refused(await Change.RemoveAsync(reader, title), "staff-only");
        TestLibrary.Refused(await Change.UploadAsync(Librarian, title, new MemoryStream("no picture"u8.ToArray())), "cover-format");
        TestLibrary.Refused(await Change.UploadAsync(Librarian, title, new MemoryStream(new byte[CoverLimits.MaxBytes + 1])), "cover-size");
        Assert.False((await Change.UploadAsync(Librarian, int.MaxValue, new MemoryStream(Pictures.Png(90, 142)))).IsAllowed);
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        Assert.False(await database.Covers.AnyAsync(cover => cover.TitleId == title));
    }

    [Theory]
    [InlineData("/covers/..%2F..%2Flibrary.db")]
    [InlineData("/covers/library.db")]
    [InlineData("/covers/abc.jpg")]
    [InlineData("/covers/%2e%2e%2fkeys.jpg")]
    public async Task OtherFiles_AreNotServed(string address)
    {
        using var client = app.CreateClient();
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
    }

    async Task<int> AddTitleAsync()
    {
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var title = new Title(new TitleDetails { Name = $"Title {Guid.NewGuid():N}" }, DateTimeOffset.UnixEpoch);
        database.Titles.Add(title);
        await database.SaveChangesAsync();
        return title.Id;
    }
}
