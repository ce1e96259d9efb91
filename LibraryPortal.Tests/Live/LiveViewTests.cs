using LibraryPortal.Live;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Live;

public sealed class LiveViewTests
{
    readonly LiveBoard _board = new(NullLogger<LiveBoard>.Instance);
    readonly ManualClock _clock = new();

    [Fact]
    public async Task Change_WhileReading_CostsOneMoreReadHoweverManyCome()
    {
        var gate = new SemaphoreSlim(0);
        var started = new SemaphoreSlim(0);
        var reads = 0;
        using var view = View(async () =>
        {
            Interlocked.Increment(ref reads);
            started.Release();
            await gate.WaitAsync();
        });

        _board.Publish(new NoticesRead("rita"));
        await started.WaitAsync(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 100; i++)
            _board.Publish(new NoticesRead("rita"));
        gate.Release();
        await started.WaitAsync(TimeSpan.FromSeconds(10));
        gate.Release();

        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task Change_SoonAfterARead_WaitsForTheInterval()
    {
        var started = new SemaphoreSlim(0);
        using var view = View(() =>
        {
            started.Release();
            return Task.CompletedTask;
        }, TimeSpan.FromSeconds(1));

        _board.Publish(new NoticesRead("rita"));
        await started.WaitAsync(TimeSpan.FromSeconds(10));
        _board.Publish(new NoticesRead("rita"));
        Assert.Equal(0, started.CurrentCount);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await started.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Change_OfAnotherKind_IsNotReadFor()
    {
        var reads = 0;
        using var view = View(() => Task.FromResult(reads++));

        _board.Publish(new RequestsChanged("rita"));
        _board.Publish(new NoticesRead("rolf"));
        Assert.Equal(0, reads);

        _board.Deliver(new MissedChanges());
        Assert.Equal(1, reads);
    }

    [Fact]
    public void Read_ThatThrows_IsReportedAndTheNextChangeReadsAgain()
    {
        List<Exception> failures = [];
        var reads = 0;
        using var view = LiveView.ForUser(_board, "rita", _ => true, () => ++reads == 1 ? throw new InvalidOperationException("locked") : Task.CompletedTask, error =>
        {
            failures.Add(error);
            return Task.CompletedTask;
        });

        _board.Publish(new NoticesRead("rita"));
        _board.Publish(new NoticesRead("rita"));

        Assert.Equal("locked", Assert.Single(failures).Message);
        Assert.Equal(2, reads);
    }

    [Fact]
    public void Dispose_StopsListening()
    {
        var reads = 0;
        var view = View(() => Task.FromResult(reads++));

        view.Dispose();
        _board.Publish(new NoticesRead("rita"));

        Assert.Equal((0, 0), (reads, _board.SubscriptionCount));
    }

    LiveView View(Func<Task> read, TimeSpan interval = default) =>
        LiveView.ForUser(_board, "rita", change => change is NoticesRead, read, error => throw error, interval, _clock);
}
