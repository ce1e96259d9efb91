using System.Text.RegularExpressions;
using LibraryPortal.Features.Reports;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>An admin watches jobs, looks into one, cancels one and runs one again, without a reload.</summary>
public sealed class JobConsoleTests(BrowserFixture browser, PortalWithLibrary portal) : BrowserTest(browser), IClassFixture<PortalWithLibrary>
{
    public override async ValueTask DisposeAsync()
    {
        // A test that failed must not leave the others waiting.
        await portal.Services.GetRequiredService<IJobInspector>().ResumeQueueAsync("reports");
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

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
        // On a phone, what has nothing to say takes no room.
        await page.SetViewportSizeAsync(Screen.Phone.Size().Width, Screen.Phone.Size().Height);
        await Assertions.Expect(page.Locator($"tr[data-job='{later.Id}'] td", new() { HasText = "When" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator($"tr[data-job='{later.Id}'] td", new() { HasText = "Progress or error" })).ToBeHiddenAsync();
        await page.SetViewportSizeAsync(Screen.Desktop.Size().Width, Screen.Desktop.Size().Height);
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
        await (await jobs.EnqueueAsync(new ExportReport(Guid.NewGuid()))).WaitAsync(Eventually.Deadline);
        await page.VisitAsync("/admin/jobs?state=Failed");
        var first = page.Locator("tr[data-job]").First;
        await first.HoverAsync();
        await page.HeardAsync();
        var reading = await first.GetAttributeAsync("data-job");

        await (await jobs.EnqueueAsync(new ExportReport(Guid.NewGuid()))).WaitAsync(Eventually.Deadline);

        await Assertions.Expect(page.GetByText("The list has changed")).ToBeVisibleAsync();
        await Assertions.Expect(first).ToHaveAttributeAsync("data-job", reading!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the latest" }).ClickAsync();
        await Assertions.Expect(first).Not.ToHaveAttributeAsync("data-job", reading!);
    }

    [Fact]
    public async Task DeadLetters_AreRunAgainTogether_AndOneWithOtherArguments()
    {
        var jobs = portal.Services.GetRequiredService<IJobClient>();
        var dead = new List<JobId>();
        for (var i = 0; i < 4; i++)
            dead.Add((await (await jobs.EnqueueAsync(new ExportReport(Guid.NewGuid()), job => job.Owner("dead-letters"))).WaitAsync(Eventually.Deadline)).Id);
        var another = (await (await jobs.EnqueueAsync(new ExportReport(Guid.NewGuid()))).WaitAsync(Eventually.Deadline)).Id;
        // What is run again stays queued, so that the list can be seen to empty itself.
        var inspector = portal.Services.GetRequiredService<IJobInspector>();
        await inspector.PauseQueueAsync("reports");
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);

        await page.VisitAsync($"/admin/jobs/{dead[0]}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run again with other arguments" }).ClickAsync();
        var editor = page.GetByLabel("Arguments, as JSON");
        await Assertions.Expect(editor).ToHaveValueAsync(new Regex("\"exportId\": \"[0-9a-f-]{36}\"", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var run = page.GetByRole(AriaRole.Button, new() { Name = "Run it with these" });
        await editor.FillAsync("{\n  \"exportId\": oops\n}");
        await run.ClickAsync();
        await Assertions.Expect(page.Locator("dialog .field-error")).ToContainTextAsync("Line 2, character 15");
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "job-arguments");
        await editor.FillAsync("""{"exportId":"oops"}""");
        await run.ClickAsync();
        await Assertions.Expect(page.Locator("dialog .field-error")).ToContainTextAsync("exportId has the wrong form.");
        var refused = await jobs.FindAsync(dead[0]);
        Assert.Equal((JobState.Failed, null), (refused!.State, refused.Envelope.OriginalArgs));
        await editor.FillAsync($$"""{"exportId":"{{Guid.NewGuid()}}"}""");
        await run.ClickAsync();
        await Assertions.Expect(page.Locator(".toast-text")).ToHaveTextAsync("Queued again with your arguments.");
        await Assertions.Expect(page.Locator("#original-heading")).ToBeVisibleAsync();

        await page.VisitAsync("/admin/jobs?state=Failed");
        await page.EvaluateAsync("() => Blazor.navigateTo('/admin/jobs?state=Failed&owner=dead-letters')");
        var rows = page.Locator("tr[data-job]");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await page.Locator($"tr[data-job='{dead[1]}'] input").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard selected" }).ClickAsync();
        await Assertions.Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
        await Axe.AssertNoViolationsAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard 1 job" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Run all 2 again" }).ClickAsync();
        await Assertions.Expect(page.Locator("dialog[open] h2")).ToHaveTextAsync("Run 2 jobs again?");
        await page.GetByLabel("How fast").SelectOptionAsync("100 a second");
        await Pictures.TakeAsync(page, "jobs-run-all");
        // Whoever goes back to a longer list meanwhile has answered for what was counted.
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator($"tr[data-job='{another}']")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run 2 jobs again" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast-text").Last).ToHaveTextAsync("2 jobs are queued again, at most 100 a second.");
        await page.GoForwardAsync();
        await Assertions.Expect(page.GetByText("Nothing ended like that")).ToBeVisibleAsync();

        // They fail once more, and come back by themselves; the list would wait for a pointer that rests on it.
        await page.Mouse.MoveAsync(0, 0);
        await inspector.ResumeQueueAsync("reports");
        await Assertions.Expect(rows).ToHaveCountAsync(3, new() { Timeout = 60_000 });
        await page.VisitAsync("/admin/audit?of=Job");
        foreach (var sentence in new[] { "anna ran 2 jobs again, at most 100 a second.", "anna discarded 1 job.", "anna ran the job reports.export again with other arguments." })
            await Assertions.Expect(page.GetByText(sentence)).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "audit-of-jobs");
        AssertNoScriptErrors();
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
