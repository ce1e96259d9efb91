using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Data;
using LibraryPortal.Data.Seed;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>The desk as a librarian works at it: a scanner that types, and no mouse.</summary>
public sealed class DeskTests(BrowserFixture browser) : BrowserTest(browser)
{
    readonly PortalApp _portal = new();
    Caller _librarian = null!;
    string _ruth = "";

    public override async ValueTask InitializeAsync()
    {
        await _portal.InitializeAsync();
        await _portal.Services.GetRequiredService<CatalogSeed>().FillAsync(default);
        _ruth = (await _portal.CreateUserAsync("ruth")).Id;
        _librarian = new Caller((await _portal.CreateUserAsync("lena", Roles.Librarian)).Id, IsLibrarian: true, IsAdmin: false);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Scanner_LendsAndTakesBack_FasterThanTheServerAnswers_AndNothingIsLost()
    {
        var desk = await OpenDeskAsync();
        var copies = await BarcodesAsync(6);
        // All in one go, as a scanner with a memory sends them: none may be lost or overtake another.
        await desk.Keyboard.TypeAsync(string.Join('\n', [await CardAsync(_ruth), .. copies]) + "\n");
        await Expect(desk.Locator(".panel")).ToContainTextAsync("On loan 6 of 10");
        await Expect(desk.Locator(".lines li")).ToHaveCountAsync(6);
        await LookAsync(desk, "lent");
        Assert.Equal(6, await CountLoansAsync());

        await desk.Keyboard.PressAsync("Escape");
        await Expect(desk.Locator(".nobody")).ToBeVisibleAsync();
        await desk.Keyboard.TypeAsync(string.Join('\n', copies) + "\n");
        await Expect(desk.Locator(".lines li")).ToHaveCountAsync(12);
        await Expect(desk.Locator(".answer .line")).ToContainTextAsync("is back");
        Assert.Equal(0, await CountLoansAsync());

        // The last return was a mistake.
        await desk.Keyboard.PressAsync("F8");
        await Expect(desk.Locator(".answer .line")).ToContainTextAsync("is on loan to ruth again");
        Assert.Equal(1, await CountLoansAsync());
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task FailedScan_IsSaid_AndNotCountedAsDone()
    {
        var desk = await OpenDeskAsync();
        var copies = await BarcodesAsync(1);
        await using var database = await OpenAsync();
        await database.Database.ExecuteSqlRawAsync("CREATE TRIGGER Bad BEFORE INSERT ON Loans BEGIN SELECT RAISE(ABORT, 'no'); END");
        await desk.Keyboard.TypeAsync($"{await CardAsync(_ruth)}\n{copies[0]}\n");
        await Expect(desk.Locator(".answer .line")).ToContainTextAsync("That scan did not go through. Scan it again.");
        await database.Database.ExecuteSqlRawAsync("DROP TRIGGER Bad");
        await desk.Keyboard.TypeAsync($"{copies[0]}\n");
        await Expect(desk.Locator(".panel")).ToContainTextAsync("On loan 1 of 10");

        // And the undo of a lend is no return.
        await desk.Keyboard.PressAsync("F8");
        await Expect(desk.Locator(".answer .line")).ToContainTextAsync("is not lent to ruth after all");
        Assert.Equal(0, await database.Loans.CountAsync());
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Focus_ComesBackToTheBox_WhereverAScanFindsIt()
    {
        var desk = await OpenDeskAsync();
        var box = desk.Locator("#scan");
        await Expect(box).ToBeFocusedAsync();
        await desk.Locator("h1").ClickAsync();
        await Expect(box).ToBeFocusedAsync();
        // A key held by a button: the first character of a scan takes the focus along.
        await desk.GetByRole(AriaRole.Button, new() { Name = "Sound" }).FocusAsync();
        await desk.Keyboard.TypeAsync(await CardAsync(_ruth) + "\n");
        await Expect(desk.Locator("#patron-heading")).ToHaveTextAsync("ruth");
        await Expect(box).ToBeFocusedAsync();
        await Expect(box).ToHaveValueAsync("");
        await desk.GetByRole(AriaRole.Button, new() { Name = "End the turn" }).ClickAsync();
        await Expect(desk.Locator(".nobody")).ToBeVisibleAsync();
        await Expect(box).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Sound_IsOffUntilChosen_AndRememberedInThisBrowser()
    {
        var desk = await OpenDeskAsync();
        var sound = desk.GetByRole(AriaRole.Button, new() { Name = "Sound" });
        await Expect(sound).ToHaveAttributeAsync("aria-pressed", "false");
        await sound.ClickAsync();
        await Expect(sound).ToHaveAttributeAsync("aria-pressed", "true");
        await desk.ReloadAsync();
        await Expect(sound).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task BlockedReader_IsLentToAfterAReason_ByKeyboardAlone()
    {
        Assert.Null((await _portal.Services.GetRequiredService<BlockPatron>().RunAsync(_librarian, _ruth, "The card was found in the street", null)).Refusal);
        var desk = await OpenDeskAsync();
        await desk.Keyboard.TypeAsync($"{await CardAsync(_ruth)}\n{(await BarcodesAsync(1))[0]}\n");
        await Expect(desk.Locator(".panel .alert")).ToContainTextAsync("is blocked: The card was found in the street.");
        var again = desk.GetByRole(AriaRole.Button, new() { Name = "Lend all the same…" });
        await again.FocusAsync();
        await desk.Keyboard.PressAsync("Enter");
        var dialog = desk.Locator("dialog[open]");
        await Expect(dialog.Locator(".rules li")).ToHaveTextAsync("The account of ruth is blocked: The card was found in the street.");
        await LookAsync(desk, "override");
        await desk.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator(".field-error")).ToContainTextAsync("Say why you set the rule aside");
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("She showed her passport");
        await desk.Keyboard.PressAsync("Enter");
        await Expect(desk.Locator(".answer .line")).ToContainTextAsync("ruth");
        await Expect(desk.Locator("#scan")).ToBeFocusedAsync();
        Assert.Equal(1, await CountLoansAsync());
        await using var database = await OpenAsync();
        Assert.Contains("She showed her passport", await database.Audit.Select(entry => entry.Reason).ToListAsync());
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Phone_TheDeskFits_AndNamesAreFound()
    {
        await _portal.CreateUserAsync("rutger");
        var desk = await OpenDeskAsync(Screen.Phone);
        await desk.Locator("#scan").FillAsync("rut");
        await desk.Locator("#scan").PressAsync("Enter");
        await Expect(desk.Locator(".choices li")).ToHaveCountAsync(2);
        await LookAsync(desk, "choose");
        await desk.GetByRole(AriaRole.Button, new() { Name = "ruth" }).ClickAsync();
        await Expect(desk.Locator("#patron-heading")).ToHaveTextAsync("ruth");
        await desk.AssertFitsAsync();
    }

    async Task<IPage> OpenDeskAsync(Screen screen = Screen.Desktop)
    {
        var page = await OpenWindowAsync(_portal.Address, screen);
        await page.SignInAsync("lena", PortalApp.Password);
        await page.VisitAsync("/desk");
        await page.Locator("[data-desk-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return page;
    }

    static async Task LookAsync(IPage page, string name)
    {
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, $"desk-{name}");
    }

    Task<PortalDbContext> OpenAsync() => _portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();

    async Task<string> CardAsync(string userId)
    {
        await using var database = await OpenAsync();
        return await database.Patrons.Where(patron => patron.UserId == userId).Select(patron => patron.CardNumber).SingleAsync();
    }

    async Task<List<string>> BarcodesAsync(int count)
    {
        await using var database = await OpenAsync();
        return await database.Copies.OrderBy(copy => copy.Barcode).Take(count).Select(copy => copy.Barcode).ToListAsync();
    }

    async Task<int> CountLoansAsync()
    {
        await using var database = await OpenAsync();
        return await database.Loans.CountAsync(loan => loan.ReturnedAt == null);
    }
}
