using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Features.Requests;
using LibraryPortal.Tests.Support;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Circulation;

/// <summary>What a reader looks at most costs as many queries for many books as for one.</summary>
public sealed class QueryCountTests : IAsyncLifetime
{
    TestLibrary _library = null!;

    public async ValueTask InitializeAsync() => _library = await CreateAsync();

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task MyLoans_CostTheSameForEight_AndSayTheSame()
    {
        var (ada, ben) = (await _library.AddReaderAsync("ada"), await _library.AddReaderAsync("ben"));
        using var counted = new CountedCommands();
        List<int> costs = [];
        for (var i = 0; i < 8; i++)
        {
            var title = await _library.AddTitleAsync($"Book {i}");
            var barcode = (await _library.BarcodesAsync(title))[0];
            Allowed(await _library.Get<LendCopy>().RunAsync(_library.Librarian, ada.UserId, barcode));
            // Every other one is waited for, so that it cannot be renewed.
            if (i % 2 == 0 && i < 6)
                await _library.ApproveAsync(await _library.RequestAsync(ben, title));
            counted.Take();
            var loans = Allowed(await _library.Get<ListLoans>().RunAsync(ada));
            costs.Add(counted.Take());
            Assert.Equal(i + 1, loans.Count);
        }

        _library.Clock.Advance(TimeSpan.FromDays(15));
        var refused = Allowed(await _library.Get<ListLoans>().RunAsync(ada)).ToDictionary(loan => loan.BookName, loan => loan.RenewalRefusal?.Rule);
        Assert.Equal(["Book 0", "Book 2", "Book 4"], refused.Where(loan => loan.Value == "others-wait").Select(loan => loan.Key).Order());
        Assert.Equal(5, refused.Count(loan => loan.Value is null));
        Assert.All(costs, cost => Assert.Equal(costs[0], cost));
        Assert.InRange(costs[0], 1, 8);
    }

    [Fact]
    public async Task MyRequests_CostTheSameForFive_AndSayTheSame()
    {
        var (ada, ben) = (await _library.AddReaderAsync("ada"), await _library.AddReaderAsync("ben"));
        using var counted = new CountedCommands();
        List<int> costs = [];
        List<Title> titles = [];
        // Each is usually kept a day longer than the one before.
        for (var i = 0; i < 15; i++)
        {
            if (i % 3 == 0)
                titles.Add(await _library.AddTitleAsync($"Book {i / 3}"));
            var barcode = (await _library.BarcodesAsync(titles[^1]))[0];
            Allowed(await _library.Get<LendCopy>().RunAsync(_library.Librarian, ben.UserId, barcode));
            _library.Clock.Advance(TimeSpan.FromDays(titles.Count));
            Allowed(await _library.Get<ReturnCopy>().RunAsync(_library.Librarian, barcode));
        }

        foreach (var title in titles)
        {
            var barcode = (await _library.BarcodesAsync(title))[0];
            Allowed(await _library.Get<LendCopy>().RunAsync(_library.Librarian, ben.UserId, barcode));
            await _library.ApproveAsync(await _library.RequestAsync(ada, title));
            counted.Take();
            var page = await _library.Get<ListMyRequests>().RunAsync(ada, RequestFilter.Current, 1, 20);
            costs.Add(counted.Take());
            Assert.Equal(costs.Count, page.Items.Count);
        }

        var requests = (await _library.Get<ListMyRequests>().RunAsync(ada, RequestFilter.Current, 1, 20)).Items;
        foreach (var request in requests)
            Assert.Equal(await _library.Get<ExpectReady>().RunAsync(request.TitleId!.Value, request.QueuePosition), request.ExpectedOn);
        Assert.DoesNotContain(requests, request => request.ExpectedOn is null);
        // Sunday moves some of them together.
        Assert.InRange(requests.Select(request => request.ExpectedOn).Distinct().Count(), 3, 5);
        Assert.All(costs, cost => Assert.Equal(costs[0], cost));
        Assert.InRange(costs[0], 1, 8);

        // Their time is over, and the night that ends them has not come: nobody's place is 0.
        _library.Clock.Advance(TimeSpan.FromDays(61));
        Assert.All((await _library.Get<ListMyRequests>().RunAsync(ada, RequestFilter.Current, 1, 20)).Items, request => Assert.Equal((0, null), (request.QueuePosition, request.ExpectedOn)));
    }
}
