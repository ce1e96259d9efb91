using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LibraryPortal.Collection;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Labels;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Domain.Labels;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>Sheets of labels as they leave the printer: A4, each label in its cell to a tenth of a millimetre, each code readable. What was printed is noted.</summary>
public sealed partial class LabelSheetTests(BrowserFixture browser) : BrowserTest(browser)
{
    const double DotsPerMillimetre = 96 / 25.4;

    [Fact]
    public async Task Sheets_AreTrueToTheMillimetre_AndEveryCodeCanBeReadBack()
    {
        await using var app = await LibraryAsync(copies: 30);
        var page = await LibrarianAsync(app);
        await AssertSheetsAsync(page, "3x8", start: 4, sheets: 2, place => (place % 3 * 70, 0.5 + place / 3 * 37, 70, 37));
        await AssertSheetsAsync(page, "2x7", start: 1, sheets: 3, place => (4.65 + place % 2 * 101.6, 15.15 + place / 2 * 38.1, 99.1, 38.1));
        await AssertSheetsAsync(page, "5x13", start: 60, sheets: 2, place => (4.75 + place % 5 * 40.6, 10.7 + place / 5 * 21.2, 38.1, 21.2));
        AssertNoScriptErrors();
    }

    [Fact]
    public async Task LabelsNotPrintedYet_AreListed_UntilTheyAreNotedAsPrinted()
    {
        await using var app = await LibraryAsync(copies: 3);
        var page = await LibrarianAsync(app);
        await page.VisitAsync("/staff/labels");
        await Expect(page.Locator("main")).ToContainTextAsync("3 copies have no label yet.");
        await Axe.AssertNoViolationsAsync(page);
        await page.Locator("main a", new() { HasTextString = "Labels not printed yet" }).ClickAsync();
        await Expect(page.Locator(".sticker svg")).ToHaveCountAsync(6);
        await Axe.AssertNoViolationsAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "They are printed" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("3 labels are noted as printed.");
        await Expect(page.Locator("main")).ToContainTextAsync("Every copy has its label");
        await Axe.AssertNoViolationsAsync(page);

        // What is added later needs one; what was printed can be printed again.
        await AddCopiesAsync(page, 1);
        await page.VisitAsync("/staff/labels?what=new");
        await Expect(page.Locator(".sticker .mono")).ToHaveTextAsync(["C000004"]);
        // A copy that came with a barcode of its own has its label.
        await AddCopiesAsync(page, 1, "OLD-1");
        await page.VisitAsync("/staff/labels?what=new");
        await Expect(page.Locator(".sticker .mono")).ToHaveTextAsync(["C000004"]);
        await page.VisitAsync("/staff/labels?from=C000001&to=C000004");
        await page.GetByRole(AriaRole.Button, new() { Name = "They are printed" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("1 label is noted as printed.");
        AssertNoScriptErrors();
    }

    /// <param name="cell">Left, top, width and height of a place on its sheet, in millimetres.</param>
    static async Task AssertSheetsAsync(IPage page, string sheet, int start, int sheets, Func<int, (double Left, double Top, double Width, double Height)> cell)
    {
        await page.VisitAsync($"/staff/labels?from=C000001&to=C000030&sheet={sheet}&start={start}");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var drawn = await page.EvaluateAsync<Drawn[]>("""
            () => [...document.querySelectorAll('.sticker:has(svg)')].map(s => {
              const sheet = s.closest('.label-sheet').getBoundingClientRect(), box = s.getBoundingClientRect();
              const inside = [...s.querySelectorAll('svg, .line, .heading')].filter(e => e.checkVisibility()).every(e => {
                const b = e.getBoundingClientRect();
                return b.left >= box.left && b.right <= box.right + .5 && b.top >= box.top && b.bottom <= box.bottom + .5; });
              const bars = s.querySelector('.bars svg'), square = s.querySelector('.square svg');
              return { code: s.querySelector('.mono').textContent, left: box.left - sheet.left, top: box.top - sheet.top, width: box.width, height: box.height, inside,
                sheet: [...document.querySelectorAll('.label-sheet')].indexOf(s.closest('.label-sheet')), module: bars.getScreenCTM().a,
                bars: bars.querySelector('path:last-child').getAttribute('d'), square: square.querySelector('path:last-child').getAttribute('d'), side: square.viewBox.baseVal.width }; })
            """);
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
        await page.EmulateMediaAsync(new() { Media = Media.Screen });

        Assert.Equal(Enumerable.Range(1, 30).Select(number => $"C{number:D6}"), drawn.Select(label => label.Code));
        var (columns, rows) = sheet.Split('x') is [var c, var r] ? (int.Parse(c, CultureInfo.InvariantCulture), int.Parse(r, CultureInfo.InvariantCulture)) : (0, 0);
        foreach (var (label, index) in drawn.Select((label, index) => (label, index)))
        {
            var place = start - 1 + index;
            Assert.Equal(place / (columns * rows), label.Sheet);
            var (left, top, width, height) = cell(place % (columns * rows));
            Assert.Equal([left, top, width, height], new[] { label.Left, label.Top, label.Width, label.Height }.Select(dots => dots / DotsPerMillimetre), (wanted, got) => Math.Abs(wanted - got) < 0.1);
            Assert.True(label.Inside, $"Something of {label.Code} sticks out of its label on {sheet}.");
            // What hand scanners read: a quarter of a millimetre and more.
            Assert.True(label.Module / DotsPerMillimetre >= 0.25, $"A bar of {label.Code} on {sheet} is {label.Module / DotsPerMillimetre:F2} mm.");
            Assert.Equal(label.Code, QrReader.Read(Square(label)));
            Assert.Equal(Code128.Encode(label.Code).Value!.Modules, Bars(label));
        }

        // A4 in points, one page of paper for each sheet and none for anything else.
        var pages = PdfPages().Matches(pdf).Select(match => match.Groups["box"].Value).ToList();
        Assert.Equal(sheets, pages.Count);
        Assert.All(pages, box =>
        {
            var size = box.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToList();
            Assert.InRange(size[2], 594.5, 596);
            Assert.InRange(size[3], 841, 843);
        });
    }

    static ModuleMatrix Square(Drawn label)
    {
        var size = (int)label.Side - 2 * QrCode.QuietZone;
        var modules = new bool[size, size];
        foreach (var (x, y, width) in Rectangles(label.Square))
        {
            for (var i = 0; i < width; i++)
                modules[y - QrCode.QuietZone, x - QrCode.QuietZone + i] = true;
        }

        return new ModuleMatrix(modules);
    }

    static bool[] Bars(Drawn label)
    {
        var bars = Rectangles(label.Bars).ToList();
        var modules = new bool[bars[^1].X + bars[^1].Width - Code128.QuietZone];
        foreach (var (x, _, width) in bars)
            Array.Fill(modules, true, x - Code128.QuietZone, width);
        return modules;
    }

    static IEnumerable<(int X, int Y, int Width)> Rectangles(string path) => Rectangle().Matches(path)
        .Select(match => (Number(match.Groups["x"]), Number(match.Groups["y"]), Number(match.Groups["width"])));

    static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    static async Task<PortalApp> LibraryAsync(int copies)
    {
        var app = new PortalApp();
        await app.InitializeAsync();
        var lena = new Caller((await app.CreateUserAsync("lena", Roles.Librarian)).Id, IsLibrarian: true, IsAdmin: false);
        const string Long = "A History of Almost Everything That Was Ever Printed on Paper, in Three Volumes";
        var title = TestLibrary.Allowed(await app.Services.GetRequiredService<SaveTitle>().RunAsync(lena, null, new TitleDetails { Name = Long, Authors = ["Ada Reader"] }, null));
        TestLibrary.Allowed(await app.Services.GetRequiredService<AddCopies>().RunAsync(lena, title, copies, [], "FIC AUS"));
        return app;
    }

    static async Task AddCopiesAsync(IPage page, int count, string barcode = "")
    {
        await page.VisitAsync("/staff/catalog/1");
        await page.Locator("#copy-count").FillAsync($"{count}");
        await page.Locator("#copy-barcodes").FillAsync(barcode);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add copies" }).ClickAsync();
        await Expect(page.Locator("main .alert-success")).ToBeVisibleAsync();
    }

    async Task<IPage> LibrarianAsync(PortalApp app)
    {
        var page = await OpenWindowAsync(app.Address);
        await page.SignInAsync("lena", PortalApp.Password);
        return page;
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s).*?/MediaBox\s*\[(?<box>[^\]]+)\]", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PdfPages();

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<width>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rectangle();

    sealed record Drawn
    {
        public string Code { get; init; } = "";
        public double Left { get; init; }
        public double Top { get; init; }
        public double Width { get; init; }
        public double Height { get; init; }
        public bool Inside { get; init; }
        public int Sheet { get; init; }
        public double Module { get; init; }
        public string Bars { get; init; } = "";
        public string Square { get; init; } = "";
        public double Side { get; init; }
    }
}
