using System.Net;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LibraryPortal.Tests.EndToEnd.JudgedDay;

/// <content>The morning: readers ask, two librarians decide.</content>
public sealed partial class JudgedDayTests
{
    // Ann searches and clicks; the others ask by name, as the classic client does. Eli also wants what Ann asked for first.
    async Task AskAsync()
    {
        var ann = await WindowAsync("ann", $"/catalog?q={Uri.EscapeDataString(Books[0].Name)}");
        await ann.Locator(".book-row a", new() { HasTextString = Books[0].Name }).First.ClickAsync();
        await Expect(ann.Locator("h1")).ToHaveTextAsync(Books[0].Name);
        for (var index = 0; index < 5; index++)
        {
            if (index > 0)
                await ann.VisitAsync($"/titles/{Books[index].Id}");
            await ann.GetByRole(AriaRole.Button, new() { Name = "Request this book" }).ClickAsync();
            await Expect(ann.Locator("main .alert-success")).ToHaveTextAsync($"You asked for “{Books[index].Name}”. A librarian decides soon; your request is R-00000{index + 1}.");
        }

        // Five at one time are the most for an adult: the sixth is refused before anybody clicks in vain, and in the same words to a program.
        const string Full = "You have 5 open requests, the most for Adult. Cancel one, or wait until one is filled.";
        await ann.VisitAsync($"/titles/{Books[30].Id}");
        await Expect(ann.Locator(".take .alert")).ToHaveTextAsync(Full);
        using var client = await _portal.CreateApiClientAsync("ann");
        using var sixth = await client.PostAsJsonAsync("/api/request-book", new { book_name = Books[30].Name });
        var problem = await sixth.ReadProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal((Full, "open-requests", 5), (problem.Detail(), problem.GetProperty("rule").GetString(), problem.GetProperty("number").GetInt32()));

        await AskAsync("bob", [.. Books.Skip(5).Take(5)]);
        await AskAsync("cas", [.. Books.Skip(10).Take(5)]);
        await AskAsync("dee", [.. Books.Skip(15).Take(5)]);
        await AskAsync("eli", [Books[0], .. Books.Skip(20).Take(4)]);
    }

    async Task AskAsync(string reader, params DayPortal.Book[] books)
    {
        using var client = await _portal.CreateApiClientAsync(reader);
        foreach (var book in books)
        {
            using var answer = await client.PostAsJsonAsync("/api/request-book", new { book_name = book.Name });
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
    }

    // One at a time, then in one go; each sees what the other does, and who comes too late is told why.
    async Task DecideAsync()
    {
        _lena = await WindowAsync("lena", "/staff/requests");
        _liam = await WindowAsync("liam", "/staff/requests");
        await Expect(Tab(_liam, "To decide")).ToHaveAccessibleNameAsync("To decide 25");

        await _lena.GetByRole(AriaRole.Button, new() { Name = "Approve R-000001" }).ClickAsync();
        await Expect(_lena.Locator("main .alert-success")).ToHaveTextAsync($"R-000001 approved: set copy {Books[0].Barcode} of “{Books[0].Name}” aside for ann.");
        await Expect(Tab(_liam, "To decide")).ToHaveAccessibleNameAsync("To decide 24");
        await Expect(Tab(_liam, "Ready")).ToHaveAccessibleNameAsync("Ready 1");

        await _liam.GetByRole(AriaRole.Button, new() { Name = "Decline R-000002" }).ClickAsync();
        await _liam.GetByLabel("Reason").FillAsync("It is at the binder's.");
        await _lena.GetByRole(AriaRole.Button, new() { Name = "Approve R-000002" }).ClickAsync();
        await Expect(_lena.Locator("main .alert-success")).ToContainTextAsync("R-000002 approved");
        await _liam.GetByRole(AriaRole.Button, new() { Name = "Decline the request" }).ClickAsync();
        await Expect(_liam.Locator("main .alert-warning")).ToHaveTextAsync("R-000002 is ready to collect, so it cannot be declined.");
        await LookAsync(_liam, "conflict");

        // Liam's pointer leaves the list: it stands still while somebody works on it.
        await Tab(_liam, "To decide").ClickAsync();
        await ApproveAllAsync(_lena, 23);
        await Expect(_lena.Locator(".answers li").Nth(18)).ToHaveTextAsync($"R-000021 approved, but no copy of “{Books[0].Name}” is free: eli is number 1 in the queue.");
        await Expect(_liam.Locator("main")).ToContainTextAsync("Nothing to decide. New requests appear here by themselves.");
        await Expect(Tab(_liam, "Waiting for a copy")).ToHaveAccessibleNameAsync("Waiting for a copy 1");

        await Tab(_liam, "Ready").ClickAsync();
        await Expect(_liam.Locator(".work > li")).ToHaveCountAsync(24);
        await Expect(_liam.Locator(".work > li").First).ToContainTextAsync($"Collect by {_portal.Say(8)}");
        await Expect(_liam.Locator(".work > li").First).ToContainTextAsync(Books[0].Barcode);
        Assert.Equal((24, 0), await _portal.CopiesAsync());
        Assert.Equal(["21 eli"], await _portal.RequestsAsync(RequestState.Queued));
    }

    static ILocator Tab(IPage page, string name) =>
        page.GetByRole(AriaRole.Navigation, new() { Name = "Lists of requests" }).GetByRole(AriaRole.Link).Filter(new() { HasText = name });

    static async Task ApproveAllAsync(IPage page, int count)
    {
        await page.GetByLabel("Select all").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Approve {count}", Exact = true }).ClickAsync();
        await Expect(page.Locator(".answers li")).ToHaveCountAsync(count, new() { Timeout = 60_000 });
    }

    // Five more, so that there are thirty: two of them want what others have.
    async Task AskAgainAsync()
    {
        await AskAsync("ann", Books[5]);
        await AskAsync("bob", Books[1]);
        await AskAsync("cas", Books[24]);
        await AskAsync("dee", Books[25]);
        await AskAsync("eli", Books[26]);
        await _lena.VisitAsync("/staff/requests");
        await ApproveAllAsync(_lena, 5);
        await Expect(_lena.Locator(".answers li").First).ToHaveTextAsync($"R-000026 approved, but no copy of “{Books[5].Name}” is free: ann is number 1 in the queue.");
        await Expect(_lena.Locator(".answers li").Nth(2)).ToHaveTextAsync($"R-000028 approved: set copy {Books[24].Barcode} of “{Books[24].Name}” aside for cas.");

        // Bob's turn has come already: Ann brought the book back, and gets his thanks.
        var lena = await DeskScreen.OpenAsync(_lena);
        await lena.ScanAsync(Books[1].Barcode);
        await lena.SaysAsync($"{Books[1]} is back. Set it aside for bob, R-000027.");
        await lena.LendAsync("bob", await _portal.CardAsync("bob"), [Books[1]], _portal.Say(21), 6);
        await lena.LendAsync("cas", await _portal.CardAsync("cas"), [Books[24]], _portal.Say(21), 6);
        await lena.LendAsync("dee", await _portal.CardAsync("dee"), [Books[25]], _portal.Say(21), 6);
        await lena.LendAsync("eli", await _portal.CardAsync("eli"), [Books[26]], _portal.Say(21), 6);
        Assert.Equal((0, 26), await _portal.CopiesAsync());
        Assert.Equal(["26 ann"], await _portal.RequestsAsync(RequestState.Queued));
    }
}
