using System.Net;
using System.Text.Json;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LibraryPortal.Tests.EndToEnd.JudgedDay;

/// <content>The weeks after: renewals, a closure, and books that do not come back.</content>
public sealed partial class JudgedDayTests
{
    // On Saturday nothing can be renewed yet; the page and the API say from when on, in the same words.
    async Task RefuseRenewalsAsync()
    {
        _portal.GoTo(5);
        var waited = $"Another reader waits for “{Books[5].Name}”. Return it by {_portal.Say(21)}.";
        var early = $"“{Books[6].Name}” is due on {_portal.Say(21)} and can be renewed from {_portal.Say(14)} on.";
        var bob = await WindowAsync("bob", "/me/loans");
        await Expect(bob.Locator(".book-row")).ToHaveCountAsync(6);
        await Expect(Row(bob, 5)).ToContainTextAsync(waited);
        await Expect(Row(bob, 6)).ToContainTextAsync(early);
        await Expect(bob.GetByRole(AriaRole.Button, new() { Name = "Renew" })).ToHaveCountAsync(0);

        using var client = await _portal.CreateApiClientAsync("bob");
        var loans = await client.GetFromJsonAsync<JsonElement>("/api/loans");
        var second = loans.EnumerateArray().Single(loan => loan.GetProperty("barcode").GetString() == Books[6].Barcode);
        using var refused = await client.PostAsync($"/api/loans/{second.GetProperty("id").GetGuid()}/renew", null);
        var problem = await refused.ReadProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal((early, "renewal-window", 7), (problem.Detail(), problem.GetProperty("rule").GetString(), problem.GetProperty("number").GetInt32()));
        Assert.Equal(_portal.StartOf(14), problem.GetProperty("earliest_at").GetDateTimeOffset());
    }

    ILocator Row(IPage page, int book) => page.Locator(".book-row").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = Books[book].Name, Exact = true }) });

    // In the last week all but the awaited one are renewed. Sessions end after two weeks, so everybody signs in again.
    async Task RenewAsync()
    {
        _portal.GoTo(16);
        var bob = await WindowAsync("bob", "/me/loans");
        await bob.GetByRole(AriaRole.Button, new() { Name = "Renew all" }).ClickAsync();
        await Expect(bob.Locator(".answers li")).ToHaveCountAsync(6);
        foreach (var book in new[] { 1, 6, 7, 8, 9 })
        {
            await Expect(bob.Locator(".answers")).ToContainTextAsync($"“{Books[book].Name}” is renewed until {_portal.Say(37)}.");
            await Expect(Row(bob, book)).ToContainTextAsync($"Due on {_portal.Say(37)}, renewed once");
        }

        await Expect(bob.Locator(".answers")).ToContainTextAsync($"Another reader waits for “{Books[5].Name}”. Return it by {_portal.Say(21)}.");
        await Expect(Row(bob, 5)).ToContainTextAsync($"Due on {_portal.Say(21)}");
        await LookAsync(bob, "renewed");

        var cas = await WindowAsync("cas", "/me/loans");
        await Row(cas, 10).GetByRole(AriaRole.Button, new() { Name = "Renew" }).ClickAsync();
        await Expect(cas.Locator(".toast")).ToContainTextAsync($"“{Books[10].Name}” is renewed until {_portal.Say(37)}.");
        await Expect(Row(cas, 10)).ToContainTextAsync($"Due on {_portal.Say(37)}, renewed once");
    }

    // The library closes on the day on which twenty books are due: shown before, moved after, and the readers are told.
    async Task CloseADayAsync()
    {
        var olga = await WindowAsync("olga", "/admin/calendar");
        await olga.GetByLabel("First closed day").FillAsync($"{_portal.Monday.AddDays(21):yyyy-MM-dd}");
        await olga.GetByLabel("Name").First.FillAsync("Inventory");
        await olga.GetByLabel("Name").First.BlurAsync();
        await Expect(olga.Locator(".alert-warning")).ToHaveTextAsync("20 due dates move to the next open day. Their readers are told.");
        await Expect(olga.Locator("tbody tr")).ToHaveCountAsync(20);
        var moving = olga.Locator("tbody tr").Filter(new() { HasText = Books[11].Name });
        await Expect(moving).ToContainTextAsync(_portal.Say(21));
        await Expect(moving).ToContainTextAsync(_portal.Say(22));
        await LookAsync(olga, "closure");
        await olga.GetByRole(AriaRole.Button, new() { Name = "Close, and move the dates" }).ClickAsync();
        await Expect(olga.Locator(".last .alert-success")).ToHaveTextAsync($"The library is closed on {_portal.Say(21)}. Promised dates on these days move now; the readers are told.");
        await Expect(olga.Locator(".dates-news .alert-success")).ToHaveTextAsync("20 due dates moved to the next open day; the readers are told.");

        var cas = await WindowAsync("cas", "/me/loans");
        await Expect(Row(cas, 10)).ToContainTextAsync($"Due on {_portal.Say(37)}");
        await Expect(Row(cas, 11)).ToContainTextAsync($"Due on {_portal.Say(22)}");
        await cas.VisitAsync("/me/notices");
        await Expect(cas.Locator("main")).ToContainTextAsync($"“{Books[11].Name}” is now due on {_portal.Say(22)}: the library is closed on {_portal.Say(21)} (Inventory).");
    }

    // A month later Dee has brought nothing back: nothing is lent to her until a librarian says why, and the audit keeps it.
    async Task LendAllTheSameAsync()
    {
        _portal.GoTo(30);
        var dee = await WindowAsync("dee", "/me");
        await Expect(dee.Locator("main .alert-error")).ToHaveTextAsync("You have 6 overdue books. Return 4 of them, and you can request, borrow and renew again.");

        var desk = await DeskScreen.OpenAsync(await WindowAsync("lena", "/desk"));
        await desk.ScanAsync(await _portal.CardAsync("dee"));
        const string Late = "dee has 6 overdue books; 3 stop requests, loans and renewals for Adult.";
        await Expect(desk.Panel.Locator(".alert-error")).ToHaveTextAsync(Late);
        await desk.ScanAsync(Books[30].Barcode);
        await desk.SaysAsync(Late);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Lend all the same…" }).FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await Expect(desk.Page.Locator("dialog[open] .rules li")).ToHaveTextAsync(Late);
        await LookAsync(desk.Page, "override");
        await desk.Page.Keyboard.TypeAsync("She brings the others tomorrow");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.SaysAsync($"{Books[30]} is lent to dee until {_portal.Say(51)}.");

        await desk.Page.VisitAsync("/staff/loans?tab=overdue");
        await Expect(desk.Page.Locator(".tabs [aria-current]")).ToHaveAccessibleNameAsync("Overdue 20");
        await Expect(desk.Page.Locator("tbody tr")).ToHaveCountAsync(20);
        await Expect(desk.Page.Locator("tbody tr").First).ToContainTextAsync($"{_portal.Say(22)}, 8 days late");
        await LookAsync(desk.Page, "overdue");

        var olga = await WindowAsync("olga", "/admin/audit?what=tomorrow");
        await Expect(olga.Locator(".entries > li")).ToHaveCountAsync(1);
        await Expect(olga.Locator(".entries > li")).ToContainTextAsync(
            $"lena lent “{Books[30].Name}” until {_portal.Say(51)}, setting a rule aside: She brings the others tomorrow.");
        await olga.Locator(".entries summary").ClickAsync();
        await Expect(olga.Locator(".values")).ToContainTextAsync($"Due at–{_portal.Say(51)}, 23:59");
        await LookAsync(olga, "audit");
    }
}
