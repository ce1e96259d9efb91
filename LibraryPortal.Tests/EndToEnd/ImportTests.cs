using System.Net;
using LibraryPortal.Data;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>A librarian brings a file in: upload, columns, check, import, undo; and what a file cannot do.</summary>
public sealed class ImportTests(BrowserFixture browser) : BrowserTest(browser)
{
    [Fact]
    public async Task File_IsUploadedCheckedImportedAndUndone()
    {
        await using var app = await StartAsync();
        using var folder = new TemporaryDirectory();
        var rows = string.Concat(Enumerable.Range(1, 1_500).Select(i => $"\"Book, {i}\",Author {i % 7},{1900 + i % 100}\n"));
        await File.WriteAllTextAsync(folder.File("spring list.csv"), $"What,Who,Year\n{rows},nobody,1900\nLast one,Ann,sometime\n");
        var page = await OpenWindowAsync(app.Address);
        await page.SignInAsync("lena", PortalApp.Password);
        await page.VisitAsync("/staff/import");
        await Axe.AssertNoViolationsAsync(page);
        await page.Locator("#import-file").SetInputFilesAsync(folder.File("spring list.csv"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();

        // The headings say nothing the portal knows, so it asks.
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("spring list.csv");
        await page.WaitUntilReadyAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert")).ToContainTextAsync("Say which column holds the title.");
        await page.GetByLabel("What column What holds").SelectOptionAsync("title");
        await page.GetByLabel("What column Who holds").SelectOptionAsync("authors");
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "import-columns");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();

        await ExpectStateAsync(page, "Checked");
        await Assertions.Expect(page.Locator(".sums")).ToContainTextAsync("1,501");
        await Assertions.Expect(page.Locator(".findings")).ToContainTextAsync("the title cell is empty");
        await Assertions.Expect(page.Locator(".findings")).ToContainTextAsync("'sometime'");
        Assert.Equal(0, await CountAsync(app));
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "import-checked");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download all as CSV" }).ClickAsync());
        Assert.Contains("1502,Refused,What,no title,the title cell is empty", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Import 1,502 rows" }).ClickAsync();
        await ExpectStateAsync(page, "Done");
        Assert.Equal(1_501, await CountAsync(app));
        await Pictures.TakeAsync(page, "import-done");

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo import" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo the import" }).ClickAsync();
        await ExpectStateAsync(page, "Undone");
        Assert.Equal(0, await CountAsync(app));

        // The next file with these columns is read the same way.
        await page.VisitAsync("/staff/import");
        await Assertions.Expect(page.Locator(".history tbody tr")).ToHaveCountAsync(1);
        await Pictures.TakeAsync(page, "import-history");
        await page.Locator("#import-file").SetInputFilesAsync(folder.File("spring list.csv"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("What column What holds")).ToHaveValueAsync("title");
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task FileThatIsNone_IsAnsweredInThePage()
    {
        await using var app = await StartAsync();
        using var folder = new TemporaryDirectory();
        await File.WriteAllBytesAsync(folder.File("picture.csv"), [0x89, 0x50, 0, 0, 0, 1, 2, 3]);
        var page = await OpenWindowAsync(app.Address);
        await page.SignInAsync("lena", PortalApp.Password);
        await page.VisitAsync("/staff/import");
        await page.Locator("#import-file").SetInputFilesAsync(folder.File("picture.csv"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();

        await Assertions.Expect(page.Locator("[data-upload-error]")).ToHaveTextAsync("picture.csv is not a text file; expected CSV. Nothing was changed.");
        Assert.Empty(Directory.GetFiles(Path.Combine(app.DataDirectory, "imports")));
    }

    [Fact]
    public async Task Upload_WithoutTokenOrByAReader_IsRefusedAndKeepsNothing()
    {
        await using var app = await StartAsync();
        using var librarian = await app.SignInAsync("lena");
        using var reader = await app.SignInAsync("rita");
        using var form = new MultipartFormDataContent { { new StringContent("Titles"), "kind" }, { new StringContent("title\nEmma\n"), "file", "books.csv" } };
        using var again = new MultipartFormDataContent { { new StringContent("Titles"), "kind" }, { new StringContent("title\nEmma\n"), "file", "books.csv" } };

        using var forged = await librarian.Client.PostAsync("/staff/import/upload", form);
        using var foreign = await reader.Client.PostAsync("/staff/import/upload", again);

        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, foreign.StatusCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(app.DataDirectory, "imports")));
    }

    static async Task<PortalApp> StartAsync()
    {
        var app = new PortalApp();
        await app.InitializeAsync();
        await app.CreateUserAsync("lena", Roles.Librarian);
        await app.CreateUserAsync("rita");
        return app;
    }

    static Task ExpectStateAsync(IPage page, string state) =>
        Assertions.Expect(page.Locator("[data-import-state]")).ToHaveAttributeAsync("data-import-state", state, new() { Timeout = 60_000 });

    static async Task<int> CountAsync(PortalApp app)
    {
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await database.Titles.CountAsync();
    }
}
