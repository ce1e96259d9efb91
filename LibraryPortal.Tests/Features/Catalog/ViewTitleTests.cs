using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Features.Catalog;
using LibraryPortal.Features.Requests;
using LibraryPortal.Tests.Support;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Features.Catalog;

/// <summary>What the page of a title promises.</summary>
public sealed class ViewTitleTests
{
    [Fact]
    public async Task Copies_AreThoseTheLibraryHas_AndOnlyOneOnLoanIsExpectedBack()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma", copies: 4);
        var (ada, barcodes) = (await library.AddReaderAsync("ada"), await library.BarcodesAsync(title));
        foreach (var barcode in barcodes.Take(2))
            Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, barcode));
        Allowed(await library.Get<ReportLost>().RunAsync(library.Librarian, barcodes[1], "Left on a train."));
        Allowed(await library.Get<MoveCopy>().RunAsync(library.Librarian, barcodes[2], CopyState.Withdrawn, "Worn."));

        var copies = (await library.Get<ViewTitle>().RunAsync(title.Id))!.Copies;

        Assert.Equal([(barcodes[0], CopyState.OnLoan, true), (barcodes[1], CopyState.Lost, false), (barcodes[3], CopyState.Available, false)],
            copies.Select(copy => (copy.Barcode, copy.State, copy.DueAt is not null)));
    }

    [Fact]
    public async Task Expected_IsTheDateThatAReaderWhoAsksIsTold()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var (ada, ben, cleo) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"), await library.AddReaderAsync("cleo"));
        for (var i = 0; i < 3; i++)
        {
            var past = await library.RequestAsync(ada, title);
            await library.ApproveAsync(past);
            await library.LendAsync(past);
            library.Clock.Advance(TimeSpan.FromDays(7));
            await library.ReturnAsync(past);
        }

        var lent = await library.RequestAsync(ada, title);
        await library.ApproveAsync(lent);
        await library.LendAsync(lent);
        // Asked for, but not yet approved: whether it will ever stand in the queue nobody knows.
        await library.RequestAsync(ben, title);
        var promised = (await library.Get<ViewTitle>().RunAsync(title.Id))!.Expected;

        var request = await library.RequestAsync(cleo, title);
        await library.ApproveAsync(request);

        Assert.NotNull(promised);
        Assert.Equal(promised, (await library.Get<ListMyRequests>().FindAsync(cleo, request))!.ExpectedOn);
    }
}
