using LibraryPortal.Domain.Notices;
using LibraryPortal.Features.Notices;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Features.Notices;

public sealed class NoticesTests : IAsyncLifetime
{
    readonly ManualClock _clock = new();
    readonly LiveBoard _board = new(NullLogger<LiveBoard>.Instance);
    TestDatabase _database = null!;
    Caller _rita = null!;
    Caller _rolf = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rita = new Caller(await _database.AddUserAsync("rita"), IsLibrarian: false, IsAdmin: false);
        _rolf = new Caller(await _database.AddUserAsync("rolf"), IsLibrarian: true, IsAdmin: true);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task List_ShowsOnesOwnNewestFirstInPages()
    {
        for (var i = 1; i <= 30; i++)
            await AddAsync(_rita, $"News {i}");
        await AddAsync(_rolf, "Not hers");

        var first = await List.RunAsync(_rita, 1);
        var beyond = await List.RunAsync(_rita, 9);

        Assert.Equal((30, 2, "News 30"), (first.Total, first.PageCount, first.Items[0].Text));
        Assert.Equal((2, "News 1"), (beyond.Page, beyond.Items[^1].Text));
        Assert.Equal(["News 30"], (await List.RecentUnreadAsync(_rita)).Select(notice => notice.Text).TakeLast(1));
    }

    [Fact]
    public async Task MarkRead_OfOneAndOfAll_TouchesOnesOwnOnly()
    {
        var one = await AddAsync(_rita, "One");
        await AddAsync(_rita, "Two");
        var other = await AddAsync(_rolf, "Not hers");
        List<LiveChange> heard = [];
        using var subscription = _board.SubscribeToAll(heard.Add);
        var mark = new MarkNoticesRead(_database.Contexts, _board, _clock);

        Assert.Equal(0, await mark.RunAsync(_rita, other));
        Assert.Empty(heard);
        Assert.Equal(1, await mark.RunAsync(_rita, one));
        Assert.Equal(0, await mark.RunAsync(_rita, one));
        Assert.Equal(1, await List.CountUnreadAsync(_rita));
        Assert.Equal(1, await mark.RunAsync(_rita));

        Assert.Equal(0, await List.CountUnreadAsync(_rita));
        Assert.Equal(1, await List.CountUnreadAsync(_rolf));
        Assert.Equal([new NoticesRead(_rita.UserId), new NoticesRead(_rita.UserId)], heard);
    }

    [Fact]
    public async Task Notice_ForAnOccasionAlreadyTold_IsRefusedByTheDatabase()
    {
        await AddAsync(_rita, "Ready", "export:1:ready");

        await Assert.ThrowsAsync<DbUpdateException>(() => AddAsync(_rita, "Ready", "export:1:ready"));
        await AddAsync(_rolf, "Ready", "export:1:ready");
    }

    [Fact]
    public void Looks_OfEveryKind_AreThere() =>
        Assert.All(Enum.GetValues<NoticeKind>(), kind => Assert.NotEmpty(NoticeLooks.Of(kind).LinkText));

    [Theory]
    [InlineData("/me/loans", "My loans")]
    [InlineData("/me/requests", "My requests")]
    public void Looks_NameThePageToWhichTheyLead(string link, string words)
    {
        var notice = new Notice { Id = Guid.NewGuid(), UserId = "rita", Kind = NoticeKind.RequestChanged, Occasion = "loan:1:lent:0", Text = "It is yours.", Link = link, CreatedAt = default };
        Assert.Equal((words, link), (NoticeLooks.Toast(notice).ActionText, NoticeLooks.Toast(notice).ActionHref));
    }

    ListMyNotices List => new(_database.Contexts);

    async Task<Guid> AddAsync(Caller to, string text, string? occasion = null)
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        var notice = new Notice
        {
            Id = Guid.CreateVersion7(_clock.GetUtcNow()), UserId = to.UserId, Kind = NoticeKind.RequestChanged, Occasion = occasion ?? text, Text = text, CreatedAt = _clock.GetUtcNow(),
        };
        await _database.AddAsync(notice);
        return notice.Id;
    }
}
