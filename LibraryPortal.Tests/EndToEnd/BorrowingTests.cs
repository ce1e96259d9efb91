using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Data;
using LibraryPortal.Data.Seed;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>A reader and a librarian, each at an own window: from the search to the returned book, nobody reloading anything.</summary>
public sealed class BorrowingTests(BrowserFixture browser) : BrowserTest(browser)
{
    readonly PortalApp _portal = new();

    public override async ValueTask InitializeAsync()
    {
        await _portal.InitializeAsync();
        await _portal.Services.GetRequiredService<CatalogSeed>().FillAsync(default);
        await _portal.CreateUserAsync("ruth");
        await _portal.CreateUserAsync("ben");
        await _portal.CreateUserAsync("lena", Roles.Librarian);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Reader_SearchesAndRequests_LibrarianApprovesLendsAndTakesBack()
    {
        var reader = await ReaderAsync("ruth");
        await reader.VisitAsync("/catalog?q=bronte");
        await Look(reader, "catalog-search");
        await reader.GetByRole(AriaRole.Link, new() { Name = "Villette" }).ClickAsync();
        await Assertions.Expect(reader.Locator("h1")).ToHaveTextAsync("Villette");
        await Look(reader, "title");
        await reader.GetByRole(AriaRole.Button, new() { Name = "Request this book" }).ClickAsync();
        await Assertions.Expect(reader.Locator("main")).ToContainTextAsync("A librarian decides soon; your request is R-000001.");
        await reader.GetByRole(AriaRole.Link, new() { Name = "My requests" }).Last.ClickAsync();
        await reader.WaitForURLAsync("**/me/requests");
        await Assertions.Expect(reader.Locator(".book-row .badge")).ToHaveTextAsync("Pending");

        var librarian = await LibrarianAsync();
        await Look(librarian, "staff-to-decide");
        await librarian.GetByRole(AriaRole.Button, new() { Name = "Approve R-000001" }).ClickAsync();
        await Assertions.Expect(librarian.Locator("main")).ToContainTextAsync("aside for ruth");
        await Assertions.Expect(reader.Locator(".book-row .badge")).ToHaveTextAsync("Ready to collect");
        await Assertions.Expect(reader.Locator(".bell .count")).ToHaveTextAsync("1");
        await Look(reader, "my-requests-ready");

        await librarian.GetByRole(AriaRole.Link, new() { Name = "Ready" }).ClickAsync();
        await librarian.GetByRole(AriaRole.Button, new() { Name = "Lend R-000001" }).ClickAsync();
        await Assertions.Expect(reader.Locator(".book-row .badge")).ToHaveTextAsync("On loan");

        await librarian.VisitAsync("/staff/loans");
        await Look(librarian, "staff-loans");
        var barcode = await librarian.Locator("td .mono").First.InnerTextAsync();
        await librarian.VisitAsync("/desk");
        await librarian.Locator("[data-desk-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await librarian.Keyboard.TypeAsync(barcode);
        await librarian.Keyboard.PressAsync("Enter");
        await Assertions.Expect(librarian.Locator("main")).ToContainTextAsync("is back; it belongs on shelf FIC BRO");
        await Assertions.Expect(reader.Locator("main")).ToContainTextAsync("No requests");
        await reader.GetByRole(AriaRole.Link, new() { Name = "Past" }).ClickAsync();
        await Assertions.Expect(reader.Locator(".book-row .badge")).ToHaveTextAsync("Returned");
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Reader_AsksForABookByName_LibrarianLinksOneAndDeclinesAnother()
    {
        var reader = await ReaderAsync("ruth");
        await reader.VisitAsync("/catalog?q=xqzzy");
        await Look(reader, "catalog-nothing-found");
        await reader.GetByRole(AriaRole.Link, new() { Name = "Ask the library for it" }).ClickAsync();
        var box = reader.GetByLabel("Book", new() { Exact = true });
        await Assertions.Expect(box).ToHaveValueAsync("xqzzy");
        await box.FillAsync("  ");
        await box.PressAsync("Enter");
        await Assertions.Expect(reader.Locator("main")).ToContainTextAsync("Say which book");
        await box.FillAsync("That book about the whale");
        await box.PressAsync("Enter");
        await Assertions.Expect(reader.Locator("main")).ToContainTextAsync("is not in the catalogue. A librarian will see");
        await box.FillAsync("A book nobody needs");
        await reader.GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).ClickAsync();
        await Assertions.Expect(reader.Locator(".book-row")).ToHaveCountAsync(2);
        await Look(reader, "my-requests-by-name");

        var librarian = await LibrarianAsync();
        await librarian.GetByRole(AriaRole.Button, new() { Name = "Link to a title: R-000001" }).ClickAsync();
        var words = librarian.GetByLabel("Search the catalogue").Last;
        await Assertions.Expect(words).ToHaveValueAsync("That book about the whale");
        await words.FillAsync("whale");
        await librarian.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await librarian.GetByRole(AriaRole.Button, new() { Name = "This one: Moby-Dick" }).WaitForAsync();
        await Look(librarian, "staff-link");
        await librarian.GetByRole(AriaRole.Button, new() { Name = "This one: Moby-Dick" }).ClickAsync();
        await librarian.GetByRole(AriaRole.Button, new() { Name = "Approve R-000001" }).ClickAsync();
        await Assertions.Expect(librarian.Locator("main")).ToContainTextAsync("aside for ruth");

        await librarian.GetByRole(AriaRole.Button, new() { Name = "Decline R-000002" }).ClickAsync();
        await librarian.GetByRole(AriaRole.Button, new() { Name = "Decline the request" }).ClickAsync();
        await Assertions.Expect(librarian.Locator("dialog[open]")).ToContainTextAsync("Say why");
        await librarian.GetByLabel("Reason").FillAsync("It was never printed.");
        await Look(librarian, "staff-decline");
        await librarian.GetByRole(AriaRole.Button, new() { Name = "Decline the request" }).ClickAsync();
        await Assertions.Expect(librarian.Locator("main")).ToContainTextAsync("ruth is told why");

        await reader.GetByRole(AriaRole.Link, new() { Name = "Past" }).ClickAsync();
        // The list before it may still hold both.
        await Assertions.Expect(reader.Locator(".book-row")).ToHaveCountAsync(1);
        await Assertions.Expect(reader.Locator(".book-row")).ToContainTextAsync("It was never printed.");
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Visitor_IsSentToSignInAndBack()
    {
        var page = await OpenWindowAsync(_portal.Address);
        await page.VisitAsync("/");
        await Look(page, "home");
        await page.VisitAsync("/catalog");
        await Look(page, "catalog");
        await page.Locator(".book-row a").First.ClickAsync();
        await page.WaitForURLAsync("**/titles/*");
        var title = page.Url;
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in to request it" }).ClickAsync();
        await page.Locator("[name='Input.Login']").FillAsync("ruth");
        await page.Locator("[name='Input.Password']").FillAsync(PortalApp.Password);
        await page.Locator("main form").First.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(title);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Request this book" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Reader_CancelsAndTakesItBack_PausesAndResumes()
    {
        await RequestAsync("ruth", "Villette");
        var reader = await ReaderAsync("ruth");
        await reader.VisitAsync("/me/requests");
        await reader.GetByRole(AriaRole.Button, new() { Name = "Cancel the request for Villette" }).ClickAsync();
        await Assertions.Expect(reader.Locator("main")).ToContainTextAsync("No requests");
        await Look(reader, "my-requests-cancelled");
        await reader.Locator(".toast").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(reader.Locator(".book-row .badge")).ToHaveTextAsync("Pending");

        await reader.GetByRole(AriaRole.Button, new() { Name = "Pause the request for Villette" }).ClickAsync();
        await reader.GetByLabel("Last day of the pause").FillAsync("2020-01-01");
        await reader.GetByRole(AriaRole.Button, new() { Name = "Pause the request", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.Locator("dialog[open]")).ToContainTextAsync("A pause must end after today");
        await Look(reader, "my-requests-pause");
        var until = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime).AddDays(20);
        await reader.GetByLabel("Last day of the pause").FillAsync($"{until:yyyy-MM-dd}");
        await reader.GetByRole(AriaRole.Button, new() { Name = "Pause the request", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.Locator(".book-row .badge")).ToHaveTextAsync("Paused");
        await Look(reader, "my-requests-paused");
        await reader.GetByRole(AriaRole.Button, new() { Name = "Resume the request for Villette" }).ClickAsync();
        await Assertions.Expect(reader.Locator(".book-row .badge")).ToHaveTextAsync("Pending");

        await reader.GetByRole(AriaRole.Link, new() { Name = "R-000001" }).ClickAsync();
        await reader.WaitForURLAsync("**/me/requests/*");
        await Assertions.Expect(reader.Locator(".story li")).ToHaveCountAsync(5);
        await Assertions.Expect(reader.Locator(".story li").First).ToContainTextAsync("You asked for R-000001 “Villette”.");
        await Look(reader, "request-story");
        await FollowQueueAsync(reader);
    }

    // Whoever comes before them gives up and thinks better of it: their place follows where they look.
    async Task FollowQueueAsync(IPage reader)
    {
        var staff = new Caller("somebody-else", IsLibrarian: true, IsAdmin: false);
        var (ben, ruth, lena) = (await CallerAsync("ben"), await CallerAsync("ruth"), await CallerAsync("lena"));
        var (lend, ask, approve) = (_portal.Services.GetRequiredService<LendCopy>(), _portal.Services.GetRequiredService<RequestTitle>(), _portal.Services.GetRequiredService<ApproveRequest>());
        Copy copy;
        await using (var database = await _portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
            copy = await database.Copies.Where(copy => database.Titles.Any(title => title.Id == copy.TitleId && title.Copies.Count == 1 && title.Name != "Villette")).OrderBy(copy => copy.Barcode).FirstAsync();
        TestLibrary.Allowed(await lend.RunAsync(staff, lena.UserId, copy.Barcode));
        var (first, second) = (TestLibrary.Allowed(await ask.RunAsync(ben, copy.TitleId)).Id, TestLibrary.Allowed(await ask.RunAsync(ruth, copy.TitleId)).Id);
        foreach (var request in new[] { first, second })
            TestLibrary.Allowed(await approve.RunAsync(staff, request));

        await reader.VisitAsync($"/titles/{copy.TitleId}");
        await Assertions.Expect(reader.Locator("main")).ToContainTextAsync("You are number 2 in the queue");
        TestLibrary.Allowed(await _portal.Services.GetRequiredService<CancelRequest>().RunAsync(ben, first));
        await Assertions.Expect(reader.Locator("main")).ToContainTextAsync("You are number 1 in the queue");

        await reader.VisitAsync($"/me/requests/{second}");
        await Assertions.Expect(reader.Locator("main")).ToContainTextAsync("You are number 1 in the queue");
        TestLibrary.Allowed(await _portal.Services.GetRequiredService<UndoCancelRequest>().RunAsync(ben, first));
        await Assertions.Expect(reader.Locator("main")).ToContainTextAsync("You are number 2 in the queue");
        AssertNoScriptErrors();
    }

    async Task<Caller> CallerAsync(string name) => new((await _portal.FindUserAsync(name))!.Id, IsLibrarian: false, IsAdmin: false);

    async Task<IPage> ReaderAsync(string name)
    {
        var page = await OpenWindowAsync(_portal.Address);
        await page.SignInAsync(name, PortalApp.Password);
        return page;
    }

    async Task<IPage> LibrarianAsync()
    {
        var page = await ReaderAsync("lena");
        await page.VisitAsync("/staff/requests");
        return page;
    }

    async Task RequestAsync(string reader, string title)
    {
        using var client = await _portal.CreateApiClientAsync(reader);
        using var response = await client.PostAsJsonAsync("/api/request-book", new { book_name = title });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>What every page owes everybody, at the moment when there is something on it.</summary>
    static async Task Look(IPage page, string name)
    {
        await page.WaitUntilReadyAsync();
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, $"borrowing-{name}");
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(Screen.Phone.Size().Width, Screen.Phone.Size().Height);
        await page.AssertFitsAsync();
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
