using System.Text.RegularExpressions;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>What every page owes everybody: no barrier that axe can find in either theme, no scrolling sideways on a phone or zoomed in, no script that complains.</summary>
public sealed partial class EveryPageTests(BrowserFixture browser, PortalWithLibrary portal) : BrowserTest(browser), IClassFixture<PortalWithLibrary>
{
    static readonly string[] Anybodys =
        ["/", "/catalog", "/catalog?q=emma", "/catalog?q=zzzz", "/catalog?q=austne", "/catalog?subject=Novel&available=1&sort=author", "/catalog?subject=Nothing", "/titles/1", "/privacy", "/no-such-page", AccountRoutes.SignIn, AccountRoutes.Register, AccountRoutes.ForgotPassword, AccountRoutes.Lockout];

    static readonly string[] Readers =
        ["/", "/titles/1", "/titles/9", "/me", "/me/loans", "/me/history", "/me/requests", "/me/requests?show=past", "/me/exports", "/me/notices", AccountRoutes.Manage, AccountRoutes.ManagePassword, AccountRoutes.ManageEmail,
            AccountRoutes.ManageTwoFactor, AccountRoutes.ManagePasskeys, AccountRoutes.ManageData];

    [Fact]
    public Task PagesForAnybody() => LookAtAsync(null, Anybodys);

    [Fact]
    public Task PagesOfAReader() => LookAtAsync(PortalWithLibrary.Reader, Readers);

    [Fact]
    public Task PagesOfALibrarian() => LookAtAsync(PortalWithLibrary.Librarian,
        ["/staff/requests", "/staff/requests?tab=ready", "/staff/requests?tab=problems", "/staff/requests?tab=waiting", "/desk", "/staff/loans", "/staff/loans?tab=overdue", "/staff/patrons",
            "/staff/patrons?q=zzzz", "/staff/patrons/new", "/staff/import", "/staff/catalog", "/staff/catalog?q=emma",
            "/staff/catalog/new", "/staff/catalog/1", "/staff/labels", "/staff/labels?title=1", "/staff/labels?what=new"]);

    [Fact]
    public Task PagesOfAnAdmin() => LookAtAsync(PortalWithLibrary.Admin, ["/admin/jobs", "/admin/jobs?state=Succeeded", "/admin/jobs?state=Failed&error=zzzz", "/admin/flows", "/admin/limits", "/admin/jobs/history", "/admin/jobs/history?q=zzzz&longer=1", "/admin/jobs/history?from=nonsense", "/admin/workers", "/admin/schedules", "/admin/users", "/admin/users?q=nobody", "/admin/policies",
        "/admin/policies?edit=Adult", "/admin/policies?edit=*", "/admin/calendar", "/admin/audit", "/admin/audit?of=Policy"]);

    async Task LookAtAsync(string? person, string[] paths)
    {
        var page = await OpenWindowAsync(portal.Address);
        if (person is not null)
            await page.SignInAsync(person, PortalApp.Password);
        foreach (var path in paths)
        {
            var answer = await page.GotoAsync(path);
            Assert.Equal(path == "/no-such-page" ? 404 : 200, answer!.Status);
            await page.WaitUntilReadyAsync();
            await Axe.AssertNoViolationsAsync(page);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await Axe.AssertColoursAsync(page);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            foreach (var screen in new[] { Screen.Phone, Screen.Zoomed })
            {
                await page.SetViewportSizeAsync(screen.Size().Width, screen.Size().Height);
                await page.AssertFitsAsync();
            }

            await page.SetViewportSizeAsync(Screen.Desktop.Size().Width, Screen.Desktop.Size().Height);
            Assert.EndsWith("LibraryPortal", await page.TitleAsync(), StringComparison.Ordinal);
            await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
            // A component's own words where a value should stand: a parameter that lacks its @.
            await Assertions.Expect(page.Locator("body")).Not.ToContainTextAsync(CodeInText());
            await Pictures.TakeAsync(page, $"{person ?? "anybody"}{path.Replace('/', '_').Replace('?', '_')}");
        }

        AssertNoScriptErrors();
    }

    [GeneratedRegex(@"\b_[a-z]+\.[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex CodeInText();
}
