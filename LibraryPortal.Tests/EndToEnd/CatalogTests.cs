using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using LibraryPortal.Data.Seed;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>The catalogue under somebody's hands: results come while one types, the address says what is shown, and going back works.</summary>
public sealed class CatalogTests(BrowserFixture browser) : BrowserTest(browser)
{
    readonly PortalApp _portal = new();

    public override async ValueTask InitializeAsync()
    {
        await _portal.InitializeAsync();
        await _portal.Services.GetRequiredService<CatalogSeed>().FillAsync(default);
        await _portal.CreateUserAsync("lena", Roles.Librarian);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Typing_ShowsResultsAndKeepsTheBox_AndBackShowsWhatWasBefore()
    {
        var page = await OpenWindowAsync(_portal.Address);
        await page.VisitAsync("/catalog?q=austen");
        var box = page.Locator("main input[type=search]");
        var heading = page.Locator("h1");
        await Assertions.Expect(heading).ToHaveTextAsync("Search: austen");

        // No Enter: the words alone bring the results, and the cursor stays.
        await box.FillAsync("");
        await box.PressSequentiallyAsync("bronte");
        await Assertions.Expect(heading).ToHaveTextAsync("Search: bronte");
        await page.WaitForURLAsync("**/catalog?q=bronte");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Villette" })).ToBeVisibleAsync();
        await Assertions.Expect(box).ToBeFocusedAsync();
        await Assertions.Expect(box).ToHaveValueAsync("bronte");

        await page.Locator(".facet-link", new() { HasText = "Anne Brontë" }).First.ClickAsync();
        await page.WaitForURLAsync("**/catalog?q=bronte&author=Anne%20Bront%C3%AB");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Villette" })).ToBeHiddenAsync();
        await Assertions.Expect(box).ToHaveValueAsync("bronte");

        await page.GoBackAsync();
        await page.WaitForURLAsync("**/catalog?q=bronte");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Villette" })).ToBeVisibleAsync();
        // Whoever types through a dozen words goes back to before them in one step.
        await page.GoBackAsync();
        await Assertions.Expect(heading).ToHaveTextAsync("Search: austen");
        await Assertions.Expect(box).ToHaveValueAsync("austen");
        await page.GoForwardAsync();
        await Assertions.Expect(heading).ToHaveTextAsync("Search: bronte");
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task UploadedCover_IsShownOnTheTitleAndInLists_AndCanBeTakenAway()
    {
        var page = await OpenWindowAsync(_portal.Address);
        await page.SignInAsync("lena", PortalApp.Password);
        await page.VisitAsync("/catalog?q=villette");
        await Assertions.Expect(page.Locator(".book-list svg.cover")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Villette" }).ClickAsync();
        await page.WaitForURLAsync("**/titles/*");
        await page.WaitUntilReadyAsync();

        // Whoever is as quick as a script chooses a file before the box listens.
        await page.WaitForFunctionAsync("() => (document.querySelector('.cover-upload input[type=file]')?._blazorInputFileNextFileId ?? null) !== null");
        await page.Locator(".cover-upload input[type=file]").SetInputFilesAsync(new FilePayload { Name = "cover.png", MimeType = "image/png", Buffer = Features.Catalog.Covers.Pictures.Png(200, 300) });
        var picture = page.Locator("img.title-cover");
        await Assertions.Expect(picture).ToBeVisibleAsync();
        await Assertions.Expect(picture).ToHaveJSPropertyAsync("naturalWidth", 200);
        var address = await picture.GetAttributeAsync("src");

        await page.GetByRole(AriaRole.Button, new() { Name = "Request this book" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("R-000001");
        foreach (var list in new[] { "/catalog?q=villette", "/me/requests", "/staff/requests" })
        {
            await page.VisitAsync(list);
            Assert.Equal(address, await page.Locator("main img.cover").First.GetAttributeAsync("src"));
        }

        await page.VisitAsync("/catalog?q=villette");
        await page.GetByRole(AriaRole.Link, new() { Name = "Villette" }).ClickAsync();
        await page.WaitForURLAsync("**/titles/*");
        await page.WaitUntilReadyAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Assertions.Expect(page.Locator("svg.title-cover")).ToBeVisibleAsync();
        AssertNoScriptErrors();
    }
}
