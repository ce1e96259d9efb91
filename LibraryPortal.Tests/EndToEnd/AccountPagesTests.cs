using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>The account pages as a reader uses them, in a real browser.</summary>
public sealed class AccountPagesTests(BrowserFixture browser, PortalApp app) : BrowserTest(browser), IClassFixture<PortalApp>
{
    [Fact]
    public async Task PageFromALink_CanBeUsedByEverybody()
    {
        var page = await OpenWindowAsync(app.Address);
        foreach (var path in new[]
        {
            $"{AccountRoutes.ResetPassword}?code=YQ", AccountRoutes.ResendConfirmation, AccountRoutes.ConfirmEmail, AccountRoutes.ConfirmEmailChange,
            AccountRoutes.AccessDenied, $"{AccountRoutes.Setup}?token=none",
        })
            await LookAsync(page, path);
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task PageOfASetting_CanBeUsedByEverybody()
    {
        var page = await OpenWindowAsync(app.Address);
        await SignInAsync(page, await MakeReaderAsync());
        foreach (var path in new[] { AccountRoutes.ManageAuthenticator, AccountRoutes.ManageRecoveryCodes, AccountRoutes.DeleteAccount })
            await LookAsync(page, path);
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Reader_RegistersSignsOutAndInAgain()
    {
        var name = NewName();
        var page = await OpenWindowAsync(app.Address);
        await page.GotoAsync(AccountRoutes.Register);
        await page.GetByLabel("User name").FillAsync(name);
        await page.GetByLabel("E-mail").FillAsync($"{name}@example.org");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("words in a row");
        await page.GetByLabel("Password again").FillAsync("words in a rov");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The two passwords differ.")).ToBeVisibleAsync();
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("words in a row");
        await page.GetByLabel("Password again").FillAsync("words in a row");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await ExpectSignedInAsync(page);
        await page.WaitUntilReadyAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Menu of {name}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();

        await page.GotoAsync(AccountRoutes.SignIn);
        await page.GetByLabel("User name or e-mail").FillAsync(name);
        await page.GetByLabel("Password").FillAsync("words in a row");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Menu of {name}" })).ToBeVisibleAsync();
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Reader_WithASecondFactor_SignsInByCodeAndByRecoveryCode()
    {
        var name = await MakeReaderAsync();
        var page = await OpenWindowAsync(app.Address);
        await SignInAsync(page, name);
        await page.GotoAsync(AccountRoutes.ManageAuthenticator);
        var key = await page.Locator("ol code").InnerTextAsync();
        await page.GetByLabel("Code").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        await page.GetByLabel("Code").FillAsync(Totp.Code(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await Assertions.Expect(page.Locator(".recovery-codes li")).ToHaveCountAsync(10);
        var recovery = await page.Locator(".recovery-codes li").First.InnerTextAsync();
        await Pictures.TakeAsync(page, "account-recovery-codes");

        var phone = await OpenWindowAsync(app.Address, Screen.Phone);
        await SubmitPasswordAsync(phone, name);
        await phone.GetByLabel("Code").FillAsync(Totp.Code(key));
        await Pictures.TakeAsync(phone, "account-two-factor");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await ExpectSignedInAsync(phone);

        var other = await OpenWindowAsync(app.Address);
        await SubmitPasswordAsync(other, name);
        await other.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await other.GetByLabel("Recovery code").FillAsync(recovery);
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await ExpectSignedInAsync(other);
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Reader_WithAPasskey_SignsInWithoutAPassword()
    {
        // A passkey belongs to a name, and 127.0.0.1 is none.
        var address = new UriBuilder(app.Address) { Host = "localhost" }.Uri;
        var name = await MakeReaderAsync();
        var page = await OpenWindowAsync(address);
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        await SignInAsync(page, name);
        await page.GotoAsync(AccountRoutes.ManagePasskeys);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The passkey is added.")).ToBeVisibleAsync();
        await page.GetByLabel("Name").FillAsync("My phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Name")).ToHaveValueAsync("My phone");
        await Pictures.TakeAsync(page, "account-passkeys-one");

        await page.Context.ClearCookiesAsync();
        // Either the browser offers it by itself, perhaps before the page is loaded, or the button asks for it.
        await page.GotoAsync(AccountRoutes.SignIn, new() { WaitUntil = WaitUntilState.Commit });
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" });
        await Task.WhenAny(page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal)), button.ClickAsync());
        await ExpectSignedInAsync(page);
    }

    static string NewName() => $"r{Guid.NewGuid():N}"[..12];

    static Task ExpectSignedInAsync(IPage page) =>
        Assertions.Expect(page.Locator("header button[aria-label^='Menu of ']")).ToBeVisibleAsync();

    static async Task SubmitPasswordAsync(IPage page, string name)
    {
        await page.GotoAsync(AccountRoutes.SignIn);
        await page.GetByLabel("User name or e-mail").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(PortalApp.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    static async Task SignInAsync(IPage page, string name)
    {
        await SubmitPasswordAsync(page, name);
        await ExpectSignedInAsync(page);
    }

    async Task<string> MakeReaderAsync()
    {
        var name = NewName();
        await app.CreateUserAsync(name);
        return name;
    }

    // The pages that menus lead to are looked at with all others, in EveryPageTests.
    static async Task LookAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
        await Axe.AssertNoViolationsAsync(page);
        await page.AssertFitsAsync();
        await Pictures.TakeAsync(page, $"account{path.Split('?')[0].Replace("/account", "", StringComparison.Ordinal).Replace('/', '-')}");
    }
}
