using System.Text.Json;
using LibraryPortal.Features.Reports;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>An admin searches the history, looks at the workers and steers schedules.</summary>
public sealed class OperationsTests(BrowserFixture browser, PortalWithLibrary portal) : BrowserTest(browser), IClassFixture<PortalWithLibrary>
{
    [Fact]
    public async Task History_IsSearchedByWhatStandsInTheAddress_AndRunsAgain()
    {
        var jobs = portal.Services.GetRequiredService<IJobClient>();
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);
        var export = Guid.NewGuid();
        var failed = await jobs.EnqueueAsync(new ExportReport(export), job => job.Tag("by-hand"));
        await failed.WaitAsync(Eventually.Deadline);

        var row = page.Locator($"tr[data-job='{failed.Id}']");
        await Eventually.HoldsAsync("the history has it", async () =>
        {
            await page.VisitAsync($"/admin/jobs/history?tag=by-hand&state=Failed&q={export:D}");
            return await row.CountAsync() == 1;
        }, TimeSpan.FromSeconds(60));
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "job-history");

        await page.GetByLabel("Words in arguments or error").FillAsync("nothing-like-that");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing ended like that")).ToBeVisibleAsync();
        await page.GoBackAsync();

        await row.GetByRole(AriaRole.Button, new() { Name = "Run again: reports.export" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast-text")).ToHaveTextAsync("Queued again, with a fresh count of attempts.");
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Schedules_ArePausedChangedAndRun()
    {
        var envelope = portal.Services.GetRequiredService<IJobClient>().Prepare("reports.export", JsonSerializer.SerializeToElement(new { exportId = Guid.NewGuid() }));
        var schedules = portal.Services.GetRequiredService<IJobSchedules>();
        await schedules.SaveAsync(new Schedule { Name = "test.nightly", Rule = ScheduleRule.Cron("0 3 * * *", "Europe/Berlin"), Job = envelope });
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);
        await page.VisitAsync("/admin/schedules");
        var row = page.Locator("tr[data-schedule='test.nightly']");
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "schedules");

        await row.GetByRole(AriaRole.Button, new() { Name = "Pause test.nightly" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Paused");
        await row.GetByRole(AriaRole.Button, new() { Name = "Resume test.nightly" }).ClickAsync();
        await Assertions.Expect(row).Not.ToContainTextAsync("Paused");
        await row.GetByRole(AriaRole.Button, new() { Name = "Run now: test.nightly" }).ClickAsync();
        await Assertions.Expect(row.Locator("td[data-label='Fired']")).ToHaveTextAsync("1");

        await row.Locator("a").First.ClickAsync();
        await page.WaitForURLAsync("**/admin/schedules/test.nightly");
        await Assertions.Expect(page.Locator(".next li")).ToHaveCountAsync(5);
        await page.GetByLabel("Rule").FillAsync("0 99 * * *");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".field-error")).ToContainTextAsync("99");
        await page.GetByLabel("From (UTC)").FillAsync("2026-01-01T00:00");
        await page.GetByLabel("To (UTC)").FillAsync("2026-01-03T23:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count them" }).ClickAsync();
        await Pictures.TakeAsync(page, "backfill");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run it 3 times" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast-text", new() { HasText = "accepted" })).ToBeVisibleAsync();
        await page.GetByLabel("Rule").FillAsync("30m");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("every 30 minutes");
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "schedule");
        Assert.Equal(TimeSpan.FromMinutes(30), ((await schedules.FindAsync("test.nightly"))!.Schedule!.Rule as IntervalRule)!.Length);
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Queue_IsPausedAndResumed_AndLimitsAreSetAndLifted()
    {
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);
        await page.VisitAsync("/admin/jobs");
        var row = page.Locator("tr[data-queue='mail']");

        await row.GetByRole(AriaRole.Button, new() { Name = "Pause mail" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Paused");
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "queues");
        await row.GetByRole(AriaRole.Button, new() { Name = "Resume mail" }).ClickAsync();
        await Assertions.Expect(row).Not.ToContainTextAsync("Paused");

        await page.VisitAsync("/admin/limits");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set a limit" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("test.limit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Assertions.Expect(page.Locator("dialog .field-error")).ToContainTextAsync("allows everything");
        await page.GetByLabel("Jobs at once").FillAsync("2");
        await page.GetByLabel("Starts").FillAsync("10");
        await page.GetByLabel("in any").SelectOptionAsync("10 minutes");
        await Axe.AssertNoViolationsAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        var limit = page.Locator("tr[data-limit='test.limit']");
        await Assertions.Expect(limit).ToContainTextAsync("2 at once, 10 started in any 10 minutes");
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "limits");
        await limit.GetByRole(AriaRole.Button, new() { Name = "Lift: test.limit" }).ClickAsync();
        await Assertions.Expect(limit).ToHaveCountAsync(0);
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task Workers_ShowTheOneThatRuns()
    {
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);

        await page.VisitAsync("/admin/workers");

        await Assertions.Expect(page.Locator("[data-worker]")).ToHaveCountAsync(1);
        await page.Locator("summary").First.ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("reports.export");
        await Pictures.TakeAsync(page, "workers");
    }
}
