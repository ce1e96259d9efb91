using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>A librarian adds a title with copies and prints their labels.</summary>
public sealed class CollectionPagesTests(BrowserFixture browser) : BrowserTest(browser)
{
    [Fact]
    public async Task Title_IsAddedWithCopiesAndLabels()
    {
        await using var app = new PortalApp();
        await app.InitializeAsync();
        await app.CreateUserAsync("lena", LibraryPortal.Identity.Roles.Librarian);
        var page = await OpenWindowAsync(app.Address);
        await page.SignInAsync("lena", PortalApp.Password);
        await page.VisitAsync("/staff/catalog/new");
        await page.Locator("#title-Name").FillAsync("Emma");
        await page.Locator("#title-Isbn").FillAsync("123");
        await page.Locator("#title-Authors").FillAsync("Jane Austen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("#title-Isbn-problem")).ToContainTextAsync("no ISBN");
        await page.Locator("#title-Isbn").FillAsync("0141439580");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Emma");
        await page.Locator("#copy-count").FillAsync("12");
        await page.Locator("#copy-shelf").FillAsync("FIC AUS");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add copies" }).ClickAsync();
        await Assertions.Expect(page.GetByText("12 copies are added: C000001 to C000012.")).ToBeVisibleAsync();
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "collection-title");

        // What is dangerous asks first, and what was told of one copy is not put on another.
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete C000012" }).ClickAsync();
        var question = page.GetByRole(AriaRole.Dialog, new() { Name = "Delete C000012?" });
        await question.GetByRole(AriaRole.Button, new() { Name = "Delete the copy" }).ClickAsync();
        await Assertions.Expect(page.GetByText("C000012 is deleted.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "C000011 to repair" }).ClickAsync();
        var why = page.GetByRole(AriaRole.Dialog, new() { Name = "Give C000011 to repair?" });
        await why.GetByRole(AriaRole.Button, new() { Name = "To repair" }).ClickAsync();
        await Assertions.Expect(why.GetByText("Say why; colleagues read it.")).ToBeVisibleAsync();
        await why.GetByLabel("What is wrong with it?").FillAsync("The spine is loose.");
        await why.GetByRole(AriaRole.Button, new() { Name = "To repair" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "C000011" })).ToContainTextAsync("The spine is loose.");
        await page.GetByRole(AriaRole.Button, new() { Name = "C000011 back on the shelf" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "C000011" })).Not.ToContainTextAsync("The spine is loose.");
        await page.GetByRole(AriaRole.Link, new() { Name = "As readers see it" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit title and copies" }).ClickAsync();
        await Assertions.Expect(page.Locator("#copies-heading")).ToBeVisibleAsync();

        await page.VisitAsync("/staff/labels?from=C000001&to=C000011&start=4");
        await Assertions.Expect(page.Locator(".sticker svg")).ToHaveCountAsync(22);
        var box = await page.Locator(".sticker").Nth(3).BoundingBoxAsync();
        // 70 × 37 mm at 96 dots to the inch.
        Assert.InRange(box!.Width, 264, 265);
        Assert.InRange(box.Height, 139.5, 140.5);
        await Pictures.TakeAsync(page, "labels");
        if (Pictures.AreWanted)
            await page.PdfAsync(new() { Path = Path.Combine(Pictures.Folder, "labels.pdf"), PreferCSSPageSize = true });
        AssertNoScriptErrors();
    }
}
