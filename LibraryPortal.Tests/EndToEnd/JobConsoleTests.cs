using LibraryPortal.Features.Reports;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>An admin watches jobs, looks into one, cancels one and runs one again, without a reload.</summary>
public sealed class JobConsoleTests(BrowserFixture browser, PortalWithLibrary portal) : BrowserTest(browser), IClassFixture<PortalWithLibrary>
{
    [Fact]
    public async Task Console_ShowsWhatHappensAndSteersIt()
    {
        var jobs = portal.Services.GetRequiredService<IJobClient>();
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);
        await page.VisitAsync("/admin/jobs?state=Failed");

        // An export that is not there: its job fails for good.
        var failing = await jobs.EnqueueAsync(new ExportReport(Guid.NewGuid()));
        var row = page.Locator($"tr[data-job='{failing.Id}']");
        await Assertions.Expect(row).ToContainTextAsync("There is no such export any more.");
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "jobs-failed");

        await row.GetByRole(AriaRole.Button, new() { Name = "Run again: reports.export" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast-text")).ToHaveTextAsync("Queued again, with a fresh count of attempts.");

        await page.Locator($"tr[data-job='{failing.Id}'] a").ClickAsync();
        await page.WaitForURLAsync($"**/admin/jobs/{failing.Id}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("exportId");
        await Assertions.Expect(page.Locator("main .badge")).ToHaveTextAsync("Failed");
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "job-detail");

        var later = await jobs.EnqueueAsync(new ExportReport(Guid.NewGuid()), job => job.In(TimeSpan.FromHours(1)));
        await page.VisitAsync("/admin/jobs?state=Scheduled");
        await page.Locator($"tr[data-job='{later.Id}']").GetByRole(AriaRole.Button, new() { Name = "Cancel reports.export" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast-text")).ToHaveTextAsync("Cancelled: it had not started and never will.");
        Assert.Equal(JobState.Cancelled, (await jobs.FindAsync(later.Id))?.State);

        await Assertions.Expect(page.Locator("[data-worker]")).ToHaveCountAsync(1);
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Console_WhileItIsRead_DoesNotMoveUnderThePointer()
    {
        var jobs = portal.Services.GetRequiredService<IJobClient>();
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);
        await (await jobs.EnqueueAsync(new ExportReport(Guid.NewGuid()))).WaitAsync(TimeSpan.FromSeconds(15));
        await page.VisitAsync("/admin/jobs?state=Failed");
        var first = page.Locator("tr[data-job]").First;
        await first.HoverAsync();
        var reading = await first.GetAttributeAsync("data-job");

        await (await jobs.EnqueueAsync(new ExportReport(Guid.NewGuid()))).WaitAsync(TimeSpan.FromSeconds(15));

        await Assertions.Expect(page.GetByText("The list has changed")).ToBeVisibleAsync();
        await Assertions.Expect(first).ToHaveAttributeAsync("data-job", reading!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the latest" }).ClickAsync();
        await Assertions.Expect(first).Not.ToHaveAttributeAsync("data-job", reading!);
    }

    [Fact]
    public async Task Console_ForAReader_IsNotThere()
    {
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Reader, PortalApp.Password);

        await page.GotoAsync("/admin/jobs");

        await Assertions.Expect(page.Locator("h1")).Not.ToHaveTextAsync("Jobs");
        Assert.Equal(0, await page.Locator("tr[data-job]").CountAsync());
    }
}
