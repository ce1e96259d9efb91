using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd.JudgedDay;

/// <summary>
/// A library at work over the 10,000 real titles: thirty requests of five readers, decided, lent and taken back by two librarians at once; renewals refused and
/// granted, a closure that moves dates, an override. Every list, date and sentence is what it should be.
/// </summary>
public sealed partial class JudgedDayTests(BrowserFixture browser) : BrowserTest(browser)
{
    readonly DayPortal _portal = new();
    IPage _lena = null!;
    IPage _liam = null!;

    IReadOnlyList<DayPortal.Book> Books => _portal.Books;

    public override ValueTask InitializeAsync() => _portal.InitializeAsync();

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Day()
    {
        await AskAsync();
        await DecideAsync();
        await LendAsync();
        await TakeBackAsync();
        await AskAgainAsync();
        await RefuseRenewalsAsync();
        await RenewAsync();
        await CloseADayAsync();
        await LendAllTheSameAsync();
        AssertNoScriptErrors();
    }

    async Task<IPage> WindowAsync(string name, string path)
    {
        var page = await OpenWindowAsync(_portal.Address);
        await page.SignInAsync(name, PortalApp.Password);
        await page.VisitAsync(path);
        return page;
    }

    static async Task LookAsync(IPage page, string name)
    {
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, $"day-{name}");
    }
}
