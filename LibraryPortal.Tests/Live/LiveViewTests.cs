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
        await started.WaitAsync(Eventually.Deadline);
        for (var i = 0; i < 100; i++)
            _board.Publish(new NoticesRead("rita"));
        gate.Release();
        await started.WaitAsync(Eventually.Deadline);
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
        await started.WaitAsync(Eventually.Deadline);
        _board.Publish(new NoticesRead("rita"));
        Assert.Equal(0, started.CurrentCount);

        // The rest begins a moment after the read, on another thread: the clock moves on until it has passed.
        await Eventually.HoldsAsync("the second read", () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            return started.CurrentCount > 0;
        });
    }

    [Fact]
    public async Task Change_OfAnotherKind_IsNotReadFor()
    {
        var reads = 0;
        var read = new SemaphoreSlim(0);
        using var view = View(() =>
        {
            Interlocked.Increment(ref reads);
            read.Release();
            return Task.CompletedTask;
        });

        _board.Publish(new RequestsChanged("rita"));
        _board.Publish(new NoticesRead("rolf"));
        _board.Deliver(new MissedChanges());
        await read.WaitAsync(Eventually.Deadline);

        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task Read_ThatThrows_IsReportedAndTheNextChangeReadsAgain()
    {
        var failed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        var readAgain = new TaskCompletionSource();
        var reads = 0;
        using var view = LiveView.ForUser(_board, "rita", _ => true, () =>
        {
            if (++reads == 1)
                throw new InvalidOperationException("locked");
            readAgain.SetResult();
            return Task.CompletedTask;
        }, error =>
        {
            failed.SetResult(error);
            return Task.CompletedTask;
        });

        _board.Publish(new NoticesRead("rita"));
        Assert.Equal("locked", (await failed.Task.WaitAsync(Eventually.Deadline)).Message);

        _board.Publish(new NoticesRead("rita"));
        await readAgain.Task.WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public async Task Every_ReadsAgainAndAgain_NeverTwoAtOnce_AndReportsWhatFails()
    {
        var gate = new SemaphoreSlim(0);
        var started = new SemaphoreSlim(0);
        var failed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reads = 0;
        using var view = LiveView.Every(TimeSpan.FromSeconds(2), async () =>
        {
            Interlocked.Increment(ref reads);
            started.Release();
            await gate.WaitAsync();
            if (reads > 1)
                throw new InvalidOperationException("locked");
        }, error =>
        {
            failed.TrySetResult(error);
            return Task.CompletedTask;
        }, _clock);

        _clock.Advance(TimeSpan.FromSeconds(2));
        await started.WaitAsync(Eventually.Deadline);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, reads);

        gate.Release(10);
        await Eventually.HoldsAsync("the failure", () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            return failed.Task.IsCompleted;
        });
        Assert.Equal("locked", (await failed.Task).Message);
    }

    [Fact]
    public void Publish_DoesNotWaitForTheRead()
    {
        using var gate = new ManualResetEventSlim();
        using var view = View(() =>
        {
            gate.Wait();
            return Task.CompletedTask;
        });

        _board.Publish(new NoticesRead("rita"));

        gate.Set();
    }

    [Fact]
    public void Dispose_StopsListening()
    {
        var view = View(() => Task.CompletedTask);

        view.Dispose();

        Assert.Equal(0, _board.SubscriptionCount);
        view.Stale();
    }

    LiveView View(Func<Task> read, TimeSpan interval = default) =>
        LiveView.ForUser(_board, "rita", change => change is NoticesRead, read, error => throw error, interval, _clock);
}
