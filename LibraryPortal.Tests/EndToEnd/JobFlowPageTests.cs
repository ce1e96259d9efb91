using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Features.Reports;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>An admin sees a flow as it is built, follows it live, and hears of jobs that end without losing the place.</summary>
public sealed class JobFlowPageTests(BrowserFixture browser, PortalWithLibrary portal) : BrowserTest(browser), IClassFixture<PortalWithLibrary>
{
    static readonly TimeSpan Patience = Eventually.Deadline;

    [Fact]
    public async Task Flow_IsATree_LiveAndUsableByKeyboard()
    {
        var jobs = portal.Services.GetRequiredService<IJobClient>();
        var (first, late) = (JobId.New(), JobId.New());
        var flow = Flow.Chain(
            Flow.Job(new NightlyRound(), job => job.Id(first)),
            Flow.Group(
                Flow.Job(new NightlyRound()),
                Flow.Chain(Flow.Job(new NightlyRound()), Flow.Job(new NightlyRound(), job => job.Id(late).In(TimeSpan.FromHours(1)))),
                Flow.Group(Enumerable.Range(0, 30).Select(static _ => new NightlyRound()))),
            Flow.Job(new NightlyRound()));
        await portal.Services.GetRequiredService<IJobFlows>().StartAsync(flow, options => options.Named("the whole night"));
        await jobs.WaitAsync(first, Patience);

        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);
        await page.VisitAsync($"/admin/jobs/{first}");

        var card = page.Locator("section[aria-labelledby=flow-heading]");
        await Assertions.Expect(card.Locator("h2")).ToHaveTextAsync("Its flow: the whole night");
        await Assertions.Expect(card.GetByText("33 succeeded, 2 to go")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        // A chain of three steps; in its middle a group of a job, a chain of two and a group of thirty.
        await Assertions.Expect(card.Locator("[data-kind=Chain]")).ToHaveCountAsync(2);
        await Assertions.Expect(card.Locator("[data-kind=Group]")).ToHaveCountAsync(2);
        await Assertions.Expect(card.Locator("[data-kind=Group] [data-kind=Chain] > details > ol > li.leaf")).ToHaveCountAsync(2);
        await Assertions.Expect(card.Locator("li.leaf[aria-current]")).ToHaveAttributeAsync("data-job", first.ToString());
        await Assertions.Expect(card.GetByText("with the results before it")).ToHaveCountAsync(1);
        await Axe.AssertNoViolationsAsync(page);
        await card.ScrollIntoViewIfNeededAsync();
        await Pictures.TakeAsync(page, "job-flow");

        // Thirty are folded away at first, and stay as the reader puts them.
        var many = card.Locator("[data-kind=Group] [data-kind=Group] > details");
        await Assertions.Expect(many).Not.ToHaveAttributeAsync("open", "");
        await many.Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(many.Locator("li.leaf").Last).ToBeVisibleAsync();

        await jobs.CancelAsync(late);
        await Assertions.Expect(card.Locator($"[data-job='{late}'] .badge")).ToHaveTextAsync("Cancelled");
        await Assertions.Expect(card.GetByText("33 succeeded, 2 cancelled")).ToBeVisibleAsync();
        await Assertions.Expect(many.Locator("li.leaf").Last).ToBeVisibleAsync();

        await page.SetViewportSizeAsync(360, 740);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than a phone.");
        await card.Locator($"[data-job='{late}'] a").ClickAsync();
        await page.WaitForURLAsync($"**/admin/jobs/{late}");
        await Assertions.Expect(card.Locator("li.leaf[aria-current]")).ToHaveAttributeAsync("data-job", late.ToString());

        // A job that is gone leaves nothing of the one before it on the page.
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run again", Exact = true })).ToBeVisibleAsync();
        await page.EvaluateAsync($"Blazor.navigateTo('/admin/jobs/{JobId.New()}')");
        await Assertions.Expect(card).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run again" })).ToHaveCountAsync(0);

        // The whole is taken up again from the list of flows, and another cancelled on its own page.
        await page.SetViewportSizeAsync(Screen.Desktop.Size().Width, Screen.Desktop.Size().Height);
        await page.VisitAsync("/admin/flows?show=ended");
        var ended = page.Locator("tr[data-flow]", new() { HasText = "the whole night" });
        await Assertions.Expect(ended).ToContainTextAsync("33 succeeded, 2 cancelled");
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "flows");
        await ended.GetByRole(AriaRole.Button, new() { Name = "Take up again: the whole night" }).ClickAsync();
        await Assertions.Expect(ended).ToContainTextAsync("35 succeeded", new() { Timeout = 60_000 });
        var next = Flow.Chain(Flow.Job(new NightlyRound(), job => job.In(TimeSpan.FromHours(1))), Flow.Job(new NightlyRound()));
        await portal.Services.GetRequiredService<IJobFlows>().StartAsync(next, options => options.Named("the next night"));
        await page.VisitAsync("/admin/flows");
        await page.GetByRole(AriaRole.Link, new() { Name = "the next night" }).ClickAsync();
        await page.WaitForURLAsync("**/admin/flows/*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the flow the next night" }).ClickAsync();
        await Pictures.TakeAsync(page, "flow-cancel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the flow", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("section[aria-label=State] .badge")).ToHaveTextAsync("Cancelled");
        await Axe.AssertNoViolationsAsync(page);
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task History_SaysWhatEndedMeanwhile_AndWaitsToBeAsked()
    {
        var jobs = portal.Services.GetRequiredService<IJobClient>();
        Task EndOneAsync(int number) => jobs.EnqueueAsync(new ExportReport(Guid.NewGuid()), job => job.Tag("told").Tag($"told-{number}"));
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);
        await page.VisitAsync("/admin/jobs/history?tag=told");
        await Assertions.Expect(page.GetByText("Nothing ended like that")).ToBeVisibleAsync();
        await EndOneAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "1 new" }).ClickAsync();
        var rows = page.Locator("tr[data-job]");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        var reading = await rows.First.GetAttributeAsync("data-job");

        await EndOneAsync(2);
        await EndOneAsync(3);
        var news = page.GetByRole(AriaRole.Button, new() { Name = "2 new" });
        await Assertions.Expect(news).ToBeVisibleAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(rows.First).ToHaveAttributeAsync("data-job", reading!);
        await Axe.AssertNoViolationsAsync(page);
        await Pictures.TakeAsync(page, "job-history-news");

        await news.ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(news).ToHaveCountAsync(0);
        AssertNoScriptErrors();
    }

    [Theory]
    [InlineData("Expired", "No job has expired")]
    [InlineData("Quarantined", "No job is quarantined")]
    public async Task EmptyList_SaysSoInASentence(string state, string sentence)
    {
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync(PortalWithLibrary.Admin, PortalApp.Password);
        await page.VisitAsync($"/admin/jobs?state={state}");

        await Assertions.Expect(page.Locator(".empty h2")).ToHaveTextAsync(sentence);
    }
}
