using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Data;
using LibraryPortal.Data.Seed;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Features.LendingRules;
using LibraryPortal.Features.Patrons;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>The pages and dialogs of the staff that need something to have happened first: each looked at by axe in both themes and on a phone, each used by keyboard.</summary>
public sealed class StaffDialogsTests(BrowserFixture browser) : BrowserTest(browser)
{
    readonly PortalApp _portal = new();
    Caller _ruth = null!;

    public override async ValueTask InitializeAsync()
    {
        await _portal.InitializeAsync();
        await _portal.Services.GetRequiredService<CatalogSeed>().FillAsync(default);
        _ruth = new Caller((await _portal.CreateUserAsync("ruth")).Id, IsLibrarian: false, IsAdmin: false);
        await _portal.CreateUserAsync("lena", Roles.Librarian);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task ReadersPage_IsForEverybody_AndABlockIsAskedForByKeyboard()
    {
        var page = await LibrarianAsync($"/staff/patrons/{_ruth.UserId}");
        await LookAsync(page, "patron");
        var block = page.GetByRole(AriaRole.Button, new() { Name = "Block…" });
        await block.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Block ruth?" });
        await Expect(dialog).ToBeVisibleAsync();
        await LookAsync(page, "patron-block");
        await page.Keyboard.PressAsync("Escape");
        await Expect(block).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await dialog.GetByLabel("Why?").FocusAsync();
        await page.Keyboard.TypeAsync("The card was found in the street");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main .alert-error")).ToHaveTextAsync("The account of ruth is blocked: The card was found in the street.");
        await LookAsync(page, "patron-blocked");

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Form, new() { Name = "Edit the reader" })).ToBeVisibleAsync();
        await LookAsync(page, "patron-edit");
        await SomebodyElseEditsAsync(page);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Print the card" })).ToHaveAttributeAsync("href", $"/staff/labels?what=cards&from={await CardAsync()}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Print the card" }).ClickAsync();
        await Expect(page.Locator(".sheet-cards .heading")).ToHaveTextAsync("ruth");
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Copy_IsPickedForARequest_ItsSlipPrinted_ItsLoanReportedLost()
    {
        var title = await WithTwoFreeCopiesAsync();
        var placed = TestLibrary.Allowed(await _portal.Services.GetRequiredService<RequestTitle>().RunAsync(_ruth, title));
        var page = await LibrarianAsync("/staff/requests");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Pick a copy for {placed.DisplayNumber}" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("dialog[open] .copies li").Nth(1)).ToBeVisibleAsync();
        await LookAsync(page, "pick-copy");
        var second = await page.Locator("dialog[open] .copies .mono").Nth(1).InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"This one: {second}" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main .alert-success")).ToContainTextAsync($"{placed.DisplayNumber} approved: set copy {second}");

        await page.VisitAsync($"/desk/slip/{placed.DisplayNumber}");
        await Expect(page.Locator(".slip")).ToContainTextAsync(second);
        await LookAsync(page, "slip");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator(".site-header, h1, [data-print]").Locator("visible=true")).ToHaveCountAsync(0);
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.VisitAsync("/desk/slip/R-999999");
        await Expect(page.Locator("[data-print]")).ToHaveCountAsync(0);
        await LookAsync(page, "slip-none");

        await page.VisitAsync("/staff/requests?tab=ready");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Lend {placed.DisplayNumber}" }).ClickAsync();
        await Expect(page.Locator("main .alert-success")).ToContainTextAsync("is lent to ruth");
        await page.VisitAsync("/staff/loans");
        await page.GetByRole(AriaRole.Button, new() { Name = "Renew" }).ClickAsync();
        await Expect(page.Locator("main .last .alert")).ToBeVisibleAsync();
        await LookAsync(page, "loans-renew");
        await page.VisitAsync("/staff/loans");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lost" }).ClickAsync();
        await Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
        await LookAsync(page, "loans-lost");
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task WaitingRequest_IsCancelledWithAReason_AndSeveralAreDeclined()
    {
        foreach (var title in new[] { 1, 2 })
            TestLibrary.Allowed(await _portal.Services.GetRequiredService<RequestTitle>().RunAsync(_ruth, title));
        var page = await LibrarianAsync("/staff/requests");
        await page.GetByLabel("Select all").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Decline 2…" }).ClickAsync();
        await Expect(page.Locator("dialog[open]")).ToContainTextAsync("Decline 2 requests?");
        await LookAsync(page, "decline-several");
        await page.Keyboard.PressAsync("Escape");

        await page.VisitAsync($"/staff/patrons/{_ruth.UserId}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel R-000001" }).ClickAsync();
        await Expect(page.Locator("dialog[open]")).ToContainTextAsync("Cancel R-000001");
        await LookAsync(page, "cancel");
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task QuestionsBeforeWhatCannotBeUndone_AreForEverybody()
    {
        await _portal.CreateUserAsync("anna", Roles.Admin);
        var page = await LibrarianAsync("/admin/policies?edit=Student", "anna");
        await AskAsync(page, "Remove the category", "Remove Student?");
        var student = await PolicyAsync("Student");
        await page.GetByLabel("Loans", new() { Exact = true }).FillAsync("12");
        TestLibrary.Allowed(await _portal.Services.GetRequiredService<SavePolicy>().RunAsync(new Caller(_ruth.UserId, true, true), student, student with { Renewals = 4, Loans = 11 }, null));
        await SaveTwiceAsync(page, page.Locator("main .last"), "Stored now: Loans 11.", "Saved for Student.");
        Assert.Equal((12, 4), ((await PolicyAsync("Student")).Loans, (await PolicyAsync("Student")).Renewals));
        await page.VisitAsync("/admin/users?q=ruth");
        await AskAsync(page, "Lock out", "Lock ruth out?");
        await page.VisitAsync("/staff/catalog/1");
        await AskAsync(page, "Delete title", "Delete this title?");

        var due = await LendAsync();
        var day = _portal.Services.GetRequiredService<CurrentCalendar>().Zone.DateAt(due).DayOfWeek;
        await page.VisitAsync("/admin/calendar");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = $"{day}" }).UncheckAsync();
        await AskAsync(page, "Save", "Move promised dates?");
        Assert.Equal(due, await DueAsync());
        await page.GetByRole(AriaRole.Checkbox, new() { Name = $"{day}" }).CheckAsync();

        await page.Locator("#library-name").FillAsync("Our library");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Sunday" }).CheckAsync();
        await page.GetByLabel("First closed day").FillAsync($"{TimeProvider.System.GetUtcNow().AddDays(40):yyyy-MM-dd}");
        await page.GetByLabel("Name").First.FillAsync("Inventory");
        await page.GetByLabel("Name").First.BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close on these days" }).ClickAsync();
        await AskAsync(page, "Remove Inventory", "Open the library again on Inventory?");
        // What was typed beside it and not saved yet is still there.
        await Expect(page.Locator("#library-name")).ToHaveValueAsync("Our library");
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Sunday" })).ToBeCheckedAsync();
        TestLibrary.Allowed(await _portal.Services.GetRequiredService<ChangeCalendar>().ChangeSettingsAsync(
            new Caller(_ruth.UserId, true, true), 0, "Town Library", null, OpeningDays.MondayToSaturday.Days.ToList(), 20));
        await SaveTwiceAsync(page, page.Locator("main .last"), "Stored now: Name “Town Library”.", "Saved.");
        await Expect(page.Locator("#library-name")).ToHaveValueAsync("Our library");
        await Expect(page.Locator("#library-history")).ToHaveValueAsync("20");
        AssertNoScriptErrors();
    }

    async Task<DateTimeOffset> LendAsync()
    {
        string barcode;
        await using (var database = await OpenAsync())
            barcode = await database.Copies.Where(copy => copy.State == CopyState.Available).OrderBy(copy => copy.Barcode).Select(copy => copy.Barcode).FirstAsync();
        return TestLibrary.Allowed(await _portal.Services.GetRequiredService<LendCopy>().RunAsync(new Caller("somebody-else", IsLibrarian: true, IsAdmin: false), _ruth.UserId, barcode)).DueAt;
    }

    async Task<DateTimeOffset> DueAsync()
    {
        await using var database = await OpenAsync();
        return await database.Loans.Select(loan => loan.DueAt).SingleAsync();
    }

    // A colleague saves the same reader while one types: what was typed stays, what was not touched follows, and who saves is told first. Whoever has typed
    // nothing yet has seen it, and is not.
    async Task SomebodyElseEditsAsync(IPage page)
    {
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Edit the reader" });
        await SomebodyElseSavesAsync("Child", "Likes music.");
        await Expect(form.GetByLabel("Notes for the staff")).ToHaveValueAsync("Likes music.");
        await form.GetByLabel("Notes for the staff").FillAsync("Likes cats.");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("main .pre-line")).ToHaveTextAsync("Likes cats.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();

        await form.GetByLabel("Notes for the staff").FillAsync("Reads large print.");
        await page.HeardAsync();
        await SomebodyElseSavesAsync("Student", "Likes maps.");
        await Expect(form.GetByLabel("Category")).ToHaveValueAsync("Student");
        await Expect(form.GetByLabel("Notes for the staff")).ToHaveValueAsync("Reads large print.");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Status)).ToContainTextAsync("What you typed is still here; save again to keep it. Stored now: Notes “Likes maps.”.");
        await LookAsync(page, "patron-contest");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("main .pre-line")).ToHaveTextAsync("Reads large print.");
        await Expect(form).ToHaveCountAsync(0);
    }

    async Task SomebodyElseSavesAsync(string category, string notes)
    {
        PatronProfile ruth;
        await using (var database = await OpenAsync())
            ruth = await database.Patrons.AsNoTracking().SingleAsync(patron => patron.UserId == _ruth.UserId);
        TestLibrary.Allowed(await _portal.Services.GetRequiredService<EditPatron>().DescribeAsync(
            new Caller("somebody-else", IsLibrarian: true, IsAdmin: false), ruth.UserId, ruth.Version, ruth.Name, category, ruth.CardNumber, notes));
    }

    static async Task SaveTwiceAsync(IPage page, ILocator said, string first, string second)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(said).ToContainTextAsync(first);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(said).ToContainTextAsync(second);
    }

    async Task<LendingPolicy> PolicyAsync(string category)
    {
        await using var database = await OpenAsync();
        return await database.LendingPolicies.AsNoTracking().SingleAsync(policy => policy.Category == category);
    }

    static async Task AskAsync(IPage page, string button, string question)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = question })).ToBeVisibleAsync();
        await LookAsync(page, $"ask-{button.Replace(' ', '-')}");
        await page.Keyboard.PressAsync("Escape");
    }

    async Task<IPage> LibrarianAsync(string path, string name = "lena")
    {
        var page = await OpenWindowAsync(_portal.Address);
        await page.SignInAsync(name, PortalApp.Password);
        await page.VisitAsync(path);
        return page;
    }

    async Task<int> WithTwoFreeCopiesAsync()
    {
        await using var database = await OpenAsync();
        return await database.Titles.Where(title => title.Copies.Count(copy => copy.State == CopyState.Available) > 1).OrderBy(title => title.Id).Select(title => title.Id).FirstAsync();
    }

    async Task<string> CardAsync()
    {
        await using var database = await OpenAsync();
        return await database.Patrons.Where(patron => patron.UserId == _ruth.UserId).Select(patron => patron.CardNumber).SingleAsync();
    }

    Task<PortalDbContext> OpenAsync() => _portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();

    /// <summary>As it is now: in both themes, and on a phone.</summary>
    static async Task LookAsync(IPage page, string name)
    {
        await Axe.AssertNoViolationsAsync(page);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe.AssertColoursAsync(page);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Pictures.TakeAsync(page, $"staff-{name}");
        await page.SetViewportSizeAsync(Screen.Phone.Size().Width, Screen.Phone.Size().Height);
        await page.AssertFitsAsync();
        await page.SetViewportSizeAsync(Screen.Desktop.Size().Width, Screen.Desktop.Size().Height);
    }
}
