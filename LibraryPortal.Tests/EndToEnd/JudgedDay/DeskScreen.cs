using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LibraryPortal.Tests.EndToEnd.JudgedDay;

/// <summary>The desk as one librarian works at it, by keyboard alone.</summary>
internal sealed class DeskScreen(IPage page)
{
    public IPage Page => page;

    /// <summary>Where the latest answer stands.</summary>
    public ILocator Answer => page.Locator(".answer .line .what > p");

    /// <summary>The reader whose turn it is.</summary>
    public ILocator Panel => page.Locator(".panel");

    public static async Task<DeskScreen> OpenAsync(IPage page)
    {
        await page.VisitAsync("/desk");
        await page.Locator("[data-desk-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return new DeskScreen(page);
    }

    /// <summary>Scans, without waiting for the answers.</summary>
    public Task ScanAsync(params string[] codes) => page.Keyboard.TypeAsync(string.Join('\n', codes) + "\n");

    /// <summary>What the desk answered last.</summary>
    public Task SaysAsync(string sentence) => Expect(Answer).ToHaveTextAsync(sentence);

    public async Task EndTurnAsync()
    {
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".nobody")).ToBeVisibleAsync();
    }

    /// <summary>A reader with a card and books: all are lent, and the turn ends.</summary>
    public async Task LendAsync(string reader, string card, IReadOnlyList<DayPortal.Book> books, string until, int onLoan)
    {
        await ScanAsync([card, .. books.Select(book => book.Barcode)]);
        await SaysAsync($"{books[^1]} is lent to {reader} until {until}.");
        await Expect(page.Locator("#patron-heading")).ToHaveTextAsync(reader);
        await Expect(Panel).ToContainTextAsync($"On loan {onLoan} of 10");
        await Expect(Panel).ToContainTextAsync($"Due {until}");
        await EndTurnAsync();
    }
}
