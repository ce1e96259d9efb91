using LibraryPortal.Domain.Requests;
using LibraryPortal.Tests.Support.Browser;
using static Microsoft.Playwright.Assertions;

namespace LibraryPortal.Tests.EndToEnd.JudgedDay;

/// <content>Noon: two desks lend and take back.</content>
public sealed partial class JudgedDayTests
{
    async Task LendAsync()
    {
        var (lena, liam) = (await DeskScreen.OpenAsync(_lena), await DeskScreen.OpenAsync(_liam));
        var cards = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reader in DayPortal.Readers)
            cards[reader] = await _portal.CardAsync(reader);

        // What waits for a reader stands there as soon as the card is scanned.
        await lena.ScanAsync(cards["ann"]);
        await lena.SaysAsync("ann's turn.");
        await Expect(lena.Page.Locator(".ready li")).ToHaveCountAsync(5);
        await Expect(lena.Page.Locator(".ready li").First).ToContainTextAsync($"R-000001 · {Books[0].Barcode} · by {_portal.Say(8)}");
        await LookAsync(lena.Page, "turn");

        await Task.WhenAll(
            LendAsync(lena, cards, ("ann", 0, 5), ("bob", 5, 5)),
            LendAsync(liam, cards, ("cas", 10, 5), ("dee", 15, 5), ("eli", 20, 4)));
        Assert.Equal((0, 24), await _portal.CopiesAsync());
    }

    async Task LendAsync(DeskScreen desk, Dictionary<string, string> cards, params (string Reader, int First, int Count)[] turns)
    {
        foreach (var (reader, first, count) in turns)
            await desk.LendAsync(reader, cards[reader], [.. Books.Skip(first).Take(count)], _portal.Say(21), count);
    }

    async Task TakeBackAsync()
    {
        var (lena, liam) = (await DeskScreen.OpenAsync(_lena), await DeskScreen.OpenAsync(_liam));
        // Ann's first book goes to Eli; no: it was scanned by mistake. Eli waits again.
        await lena.ScanAsync(Books[0].Barcode);
        await lena.SaysAsync($"{Books[0]} is back. Set it aside for eli, R-000021.");
        await lena.Page.Keyboard.PressAsync("F8");
        await lena.SaysAsync($"{Books[0]} is on loan to ann again, until {_portal.Say(21)}.");
        Assert.Equal(["21 eli"], await _portal.RequestsAsync(RequestState.Queued));

        // Now it is meant, and both librarians scan it at once: one takes it back, the other is told where it is.
        await Task.WhenAll(lena.ScanAsync(Books[0].Barcode), liam.ScanAsync(Books[0].Barcode));
        await Expect(liam.Answer).ToBeVisibleAsync();
        await Expect(lena.Answer).Not.ToContainTextAsync("again");
        string[] said = [await lena.Answer.InnerTextAsync(), await liam.Answer.InnerTextAsync()];
        Assert.Contains($"{Books[0]} is back. Set it aside for eli, R-000021.", said);
        Assert.Single(said, sentence => sentence == $"{Books[0]} waits on the hold shelf for eli, R-000021. Scan the card to lend it."
            || sentence == $"Copy {Books[0].Barcode} is not on loan; it is set aside for a request.");
        Assert.Equal((1, 23), await _portal.CopiesAsync());
        await LookAsync(liam.Page, "both");

        await lena.LendAsync("eli", await _portal.CardAsync("eli"), [Books[0]], _portal.Say(21), 5);
        // Nobody waits for Ann's third book.
        await lena.ScanAsync(Books[2].Barcode, Books[2].Barcode);
        await lena.SaysAsync($"{Books[2].Barcode} was read twice and counts once. To take it back, or to lend it again, scan it once more in a moment.");
        await Expect(lena.Page.Locator(".lines li").First).ToContainTextAsync($"{Books[2]} is back.");
        Assert.Equal((0, 23), await _portal.CopiesAsync());
    }
}
