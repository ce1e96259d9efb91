using System.Net;
using System.Text.RegularExpressions;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Identity;

/// <summary>Links that go out by mail, over a real mail server, followed as a reader would.</summary>
public sealed partial class MailLinksTests : IAsyncLifetime
{
    readonly SmtpSink _sink = new();
    readonly PortalApp _app = new();

    public async ValueTask InitializeAsync()
    {
        _app.With("Mail:Smtp:Host", "127.0.0.1").With("Mail:Smtp:Port", $"{_sink.Port}").With("Mail:Smtp:From", "library@example.org").With("Mail:Smtp:Tls", "None");
        await _app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task ForgottenPassword_WithTheLinkFromTheMail_IsReplacedOnceAndUnlocks()
    {
        await _app.CreateUserAsync("forgetful");
        using var browser = _app.CreateBrowser();
        for (var i = 0; i < 5; i++)
            using (await SignInAsync(browser, "forgetful", "wrong password"))
            {
            }

        using var asked = await browser.SubmitAsync(AccountRoutes.ForgotPassword, new() { ["Input.Email"] = "forgetful@example.org" });
        Assert.Equal(AccountRoutes.SignIn, browser.RedirectOf(asked));
        var link = await NextLinkAsync();

        const string fresh = "a brand new row of words";
        using var reset = await ResetAsync(browser, link, "forgetful@example.org", fresh);
        Assert.Equal(AccountRoutes.SignIn, browser.RedirectOf(reset));
        using var again = await ResetAsync(browser, link, "forgetful@example.org", "yet another row of words");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Contains("used before", (await PortalBrowser.ParseAsync(again)).Body!.TextContent, StringComparison.Ordinal);
        using var signedIn = await SignInAsync(browser, "forgetful", fresh);
        Assert.Equal("/", browser.RedirectOf(signedIn));
    }

    [Fact]
    public async Task ForgottenPassword_OfAnUnknownAddress_IsAnsweredAlikeAndSendsNothing()
    {
        await _app.CreateUserAsync("present");
        using var browser = _app.CreateBrowser();
        using var unknown = await browser.SubmitAsync(AccountRoutes.ForgotPassword, new() { ["Input.Email"] = "absent@example.org" });
        var unknownText = (await browser.ReadAsync(browser.RedirectOf(unknown))).QuerySelector(".alert")!.TextContent;
        using var known = await browser.SubmitAsync(AccountRoutes.ForgotPassword, new() { ["Input.Email"] = "present@example.org" });
        var knownText = (await browser.ReadAsync(browser.RedirectOf(known))).QuerySelector(".alert")!.TextContent;
        Assert.Equal(knownText, unknownText);
        await NextLinkAsync();
        Assert.Contains("present@example.org", Assert.Single(_sink.Mails), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResetLink_WithAForeignHostHeader_LeadsToThePortal()
    {
        await _app.CreateUserAsync("target");
        using var browser = _app.CreateBrowser();
        browser.Client.DefaultRequestHeaders.Host = "evil.example";
        using var asked = await browser.SubmitAsync(AccountRoutes.ForgotPassword, new() { ["Input.Email"] = "target@example.org" });
        Assert.StartsWith(_app.Address.GetLeftPart(UriPartial.Authority), await NextLinkAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", Assert.Single(_sink.Mails), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResetLink_UsedWithAnotherAddress_DoesNothing()
    {
        await _app.CreateUserAsync("mallory");
        await _app.CreateUserAsync("alice");
        using var browser = _app.CreateBrowser();
        using var asked = await browser.SubmitAsync(AccountRoutes.ForgotPassword, new() { ["Input.Email"] = "mallory@example.org" });
        using var reset = await ResetAsync(browser, await NextLinkAsync(), "alice@example.org", "words of the attacker");
        Assert.Equal(HttpStatusCode.OK, reset.StatusCode);
        using var alice = await _app.SignInAsync("alice");
    }

    [Fact]
    public async Task Registration_WithTheLinkFromTheMail_ConfirmsTheAddress()
    {
        using var browser = _app.CreateBrowser();
        using var registered = await browser.SubmitAsync($"{AccountRoutes.Register}?returnUrl=%2Fcatalog", new()
        {
            ["Input.UserName"] = "newcomer",
            ["Input.Email"] = "newcomer@example.org",
            ["Input.Password"] = "words in a row",
            ["Input.Again"] = "words in a row",
        });
        Assert.Equal("/catalog", browser.RedirectOf(registered));
        Assert.False((await _app.FindUserAsync("newcomer"))!.EmailConfirmed);
        var link = await NextLinkAsync();
        await browser.ReadAsync(link);
        Assert.True((await _app.FindUserAsync("newcomer"))!.EmailConfirmed);
    }

    [Fact]
    public async Task NewAddress_CountsOnlyOnceItsLinkIsFollowed()
    {
        await _app.CreateUserAsync("mover");
        using var browser = await _app.SignInAsync("mover");
        using var asked = await browser.SubmitAsync(AccountRoutes.ManageEmail, new() { ["Input.Email"] = "moved@example.org" }, "form.form");
        Assert.Equal(AccountRoutes.ManageEmail, browser.RedirectOf(asked));
        Assert.Equal("mover@example.org", (await _app.FindUserAsync("mover"))!.Email);
        await browser.ReadAsync(await NextLinkAsync());
        Assert.Equal("moved@example.org", (await _app.FindUserAsync("mover"))!.Email);
    }

    static Task<HttpResponseMessage> SignInAsync(PortalBrowser browser, string login, string password) =>
        browser.SubmitAsync(AccountRoutes.SignIn, new() { ["Input.Login"] = login, ["Input.Password"] = password });

    static Task<HttpResponseMessage> ResetAsync(PortalBrowser browser, string link, string email, string password) =>
        browser.SubmitAsync(new Uri(link).PathAndQuery, new() { ["Input.Email"] = email, ["Input.Password"] = password, ["Input.Again"] = password });

    async Task<string> NextLinkAsync()
    {
        await _sink.WaitAsync(Eventually.Deadline);
        var plain = PlainPart(_sink.Mails[^1]);
        return Link().Match(plain).Value;
    }

    // The first part, whose encoding the mail chooses.
    static string PlainPart(string mail)
    {
        var part = mail[mail.IndexOf("text/plain", StringComparison.Ordinal)..];
        var head = part[..part.IndexOf("\n\n", StringComparison.Ordinal)];
        var body = part[(head.Length + 2)..part.IndexOf("\n--", StringComparison.Ordinal)];
        return head.Contains("base64", StringComparison.OrdinalIgnoreCase)
            ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(body))
            : body.Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
