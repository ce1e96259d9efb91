using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Features.Worklist;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.Worklist;

/// <summary>Which request stands in which list.</summary>
public sealed class ListWorkTests : IAsyncLifetime
{
    TestLibrary _library = null!;

    public async ValueTask InitializeAsync() => _library = await TestLibrary.CreateAsync();

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task Request_GoesFromListToList()
    {
        var title = await _library.AddTitleAsync("Emma", 1, "Jane Austen");
        var first = await _library.RequestAsync(await _library.AddReaderAsync("ada"), title);
        var second = await _library.RequestAsync(await _library.AddReaderAsync("ben", "Child"), title);

        var toDecide = await ListAsync(WorkTab.ToDecide);
        Assert.Equal([first, second], toDecide.Page.Items.Select(row => row.Id));
        var row = toDecide.Page.Items[1];
        Assert.Equal(("ben", "Child", 1, 1), (row.PatronName, row.Category, row.FreeCopies, row.LendableCopies));
        Assert.Equal("1 of 1 free", WorkWords.Copies(row));

        await _library.ApproveAsync(first);
        await _library.ApproveAsync(second);
        var ready = await ListAsync(WorkTab.Ready);
        Assert.Equal((title.Copies[0].Barcode, "A1"), (Assert.Single(ready.Page.Items).Barcode, ready.Page.Items[0].Shelf));
        Assert.Equal(second, Assert.Single((await ListAsync(WorkTab.Waiting)).Page.Items).Id);
        Assert.Equal((0, 1, 0, 1), (ready.Counts[WorkTab.ToDecide], ready.Counts[WorkTab.Ready], ready.Counts[WorkTab.Problems], ready.Counts[WorkTab.Waiting]));
    }

    [Fact]
    public async Task Request_WithoutALendableCopy_IsAProblem_AndSaysSo()
    {
        var title = await _library.AddTitleAsync("Emma");
        var request = await _library.RequestAsync(await _library.AddReaderAsync("ada"), title);
        TestLibrary.Allowed(await _library.Get<MoveCopy>().RunAsync(_library.Librarian, title.Copies[0].Barcode, CopyState.Lost, "Missing at the inventory."));

        Assert.Empty((await ListAsync(WorkTab.ToDecide)).Page.Items);
        var row = Assert.Single((await ListAsync(WorkTab.Problems)).Page.Items);
        Assert.Equal(request, row.Id);
        Assert.Contains("no copy of it that can be lent", WorkWords.Problem(row, LibraryPortal.Domain.Calendar.LibraryZone.Utc), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApprovedRequest_WithoutALendableCopy_CanOnlyBeCancelled_AndSaysSo()
    {
        var title = await _library.AddTitleAsync("Emma");
        var first = await _library.RequestAsync(await _library.AddReaderAsync("ada"), title);
        var second = await _library.RequestAsync(await _library.AddReaderAsync("ben"), title);
        await _library.ApproveAsync(first);
        await _library.ApproveAsync(second);
        TestLibrary.Allowed(await _library.Get<MoveCopy>().RunAsync(_library.Librarian, title.Copies[0].Barcode, CopyState.Lost, "Missing at the inventory."));

        var row = (await ListAsync(WorkTab.Problems)).Page.Items.Single(each => each.Id == second);
        Assert.EndsWith("Add a copy, or cancel it with a reason.", WorkWords.Problem(row, LibraryPortal.Domain.Calendar.LibraryZone.Utc), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetAsideCopy_NotCollectedInTime_IsAProblem()
    {
        var request = await _library.RequestAsync(await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma"));
        await _library.ApproveAsync(request);
        Assert.Empty((await ListAsync(WorkTab.Problems)).Page.Items);
        _library.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(request, Assert.Single((await ListAsync(WorkTab.Problems)).Page.Items).Id);
    }

    [Fact]
    public async Task Reader_MayNotSeeTheLists()
    {
        var reader = await _library.AddReaderAsync("ada");
        TestLibrary.Refused(await _library.Get<ListWork>().RunAsync(reader, WorkTab.ToDecide, 1), "staff-only");
        TestLibrary.Refused(await _library.Get<ListFreeCopies>().RunAsync(reader, 1), "staff-only");
        TestLibrary.Refused(await _library.Get<FindTitles>().RunAsync(reader, "Emma"), "staff-only");
    }

    async Task<WorkList> ListAsync(WorkTab tab) => TestLibrary.Allowed(await _library.Get<ListWork>().RunAsync(_library.Librarian, tab, 1));
}
