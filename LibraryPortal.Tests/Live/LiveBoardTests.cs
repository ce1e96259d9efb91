using LibraryPortal.Jobs;
using LibraryPortal.Live;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Live;

public sealed class LiveBoardTests
{
    readonly LiveBoard _board = new(NullLogger<LiveBoard>.Instance);

    [Fact]
    public void Publish_TellsTheUserAndThoseWhoListenToAll()
    {
        List<LiveChange> rita = [], rolf = [], staff = [];
        using var first = _board.Subscribe("rita", rita.Add);
        using var second = _board.Subscribe("rolf", rolf.Add);
        using var third = _board.SubscribeToAll(staff.Add);
        var own = new ExportChanged("rita", Guid.NewGuid());
        var everyones = new RequestsChanged();

        _board.Publish(own);
        _board.Publish(everyones);

        Assert.Equal([own, everyones], rita);
        Assert.Equal([everyones], rolf);
        Assert.Equal([own, everyones], staff);
    }

    [Fact]
    public void CatalogChanged_IsAboutItsTitle_OrAboutAll()
    {
        Assert.True(new CatalogChanged(7).IsAbout(7));
        Assert.False(new CatalogChanged(7).IsAbout(8));
        Assert.True(new CatalogChanged().IsAbout(8));
    }

    [Fact]
    public void Deliver_OfAJobWithoutOwner_TellsTheStaffOnly()
    {
        List<LiveChange> rita = [], staff = [];
        using var first = _board.Subscribe("rita", rita.Add);
        using var second = _board.SubscribeToAll(staff.Add);

        _board.Deliver(new JobChanged(JobId.New(), "mail.send", JobState.Running, null, null));

        Assert.Empty(rita);
        Assert.Single(staff);
    }

    [Fact]
    public void Publish_WhenOneListenerThrows_TellsTheOthers()
    {
        var log = new LogLines<LiveBoard>();
        var board = new LiveBoard(log);
        var heard = 0;
        using var bad = board.Subscribe("rita", _ => throw new InvalidOperationException("closed"));
        using var good = board.Subscribe("rita", _ => heard++);

        board.Publish(new NoticesRead("rita"));

        Assert.Equal(1, heard);
        Assert.Single(log.Lines);
    }

    [Fact]
    public void Dispose_OfEverySubscription_LeavesNothingBehind()
    {
        Parallel.For(0, 200, i =>
        {
            using var own = _board.Subscribe($"user-{i % 5}", _ => { });
            using var all = _board.SubscribeToAll(_ => { });
            _board.Publish(new NoticesRead($"user-{i % 5}"));
        });

        Assert.Equal(0, _board.SubscriptionCount);
    }

    [Fact]
    public void Published_IsRaisedForWhatThisProcessSaysOnly()
    {
        List<LiveChange> sent = [];
        _board.Published += sent.Add;

        _board.Deliver(new NoticesRead("rita"));
        _board.Publish(new NoticesRead("rolf"));

        Assert.Equal([new NoticesRead("rolf")], sent);
    }
}
