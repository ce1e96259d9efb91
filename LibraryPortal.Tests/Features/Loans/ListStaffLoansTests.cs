using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Features.Loans;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.Loans;

/// <summary>The staff's lists of what is out.</summary>
public sealed class ListStaffLoansTests : IAsyncLifetime
{
    TestLibrary _library = null!;

    public async ValueTask InitializeAsync() => _library = await TestLibrary.CreateAsync();

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task Loan_GoesFromOutToDueSoonToOverdueToLost()
    {
        var (ada, title) = (await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma", 1, "Jane Austen"));
        await LendAsync(ada.UserId, title.Copies[0].Barcode);
        Assert.Equal((1, 0, 0, 0), await CountsAsync());
        _library.Clock.Advance(TimeSpan.FromDays(19));
        Assert.Equal((1, 1, 0, 0), await CountsAsync());
        _library.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal((1, 0, 1, 0), await CountsAsync());
        TestLibrary.Allowed(await _library.Get<ReportLost>().RunAsync(_library.Librarian, title.Copies[0].Barcode, "Left on the bus."));
        Assert.Equal((1, 0, 0, 1), await CountsAsync());
        var row = Assert.Single((await ListAsync(LoanTab.Lost)).Page.Items);
        Assert.Equal(("Emma", "ada", "Left on the bus."), (row.BookName, row.PatronName, row.Note));
    }

    [Fact]
    public async Task List_IsFilteredByTitleReaderBarcodeAndCategory()
    {
        var (ada, kim) = (await _library.AddReaderAsync("ada"), await _library.AddReaderAsync("kim", "Child"));
        var (emma, moby) = (await _library.AddTitleAsync("Emma"), await _library.AddTitleAsync("Moby-Dick"));
        await LendAsync(ada.UserId, emma.Copies[0].Barcode);
        await LendAsync(kim.UserId, moby.Copies[0].Barcode);
        Assert.Equal(["Emma"], await NamesAsync("emm"));
        Assert.Equal(["Moby-Dick"], await NamesAsync("KIM"));
        Assert.Equal(["Emma"], await NamesAsync(emma.Copies[0].Barcode));
        Assert.Equal(["Moby-Dick"], await NamesAsync(null, "Child"));
        Assert.Empty(await NamesAsync("%"));
        var zoe = await _library.AddReaderAsync("Zoë");
        await LendAsync(zoe.UserId, (await _library.AddTitleAsync("L’Étranger")).Copies[0].Barcode);
        Assert.Equal(["L’Étranger"], await NamesAsync("zoe"));
        Assert.Equal(["L’Étranger"], await NamesAsync("etranger"));
        Assert.Equal(3, (await ListAsync(LoanTab.Out)).Page.Total);
    }

    [Fact]
    public async Task Reader_MayNotSeeThem() =>
        TestLibrary.Refused(await _library.Get<ListStaffLoans>().RunAsync(await _library.AddReaderAsync("ada"), LoanTab.Out, null, null, 1), "staff-only");

    async Task LendAsync(string patron, string barcode) => TestLibrary.Allowed(await _library.Get<LendCopy>().RunAsync(_library.Librarian, patron, barcode));

    async Task<StaffLoanList> ListAsync(LoanTab tab, string? words = null, string? category = null) =>
        TestLibrary.Allowed(await _library.Get<ListStaffLoans>().RunAsync(_library.Librarian, tab, words, category, 1));

    async Task<IEnumerable<string>> NamesAsync(string? words, string? category = null) => (await ListAsync(LoanTab.Out, words, category)).Page.Items.Select(row => row.BookName);

    async Task<(int, int, int, int)> CountsAsync()
    {
        var counts = (await ListAsync(LoanTab.Out)).Counts;
        return (counts[LoanTab.Out], counts[LoanTab.DueSoon], counts[LoanTab.Overdue], counts[LoanTab.Lost]);
    }
}
