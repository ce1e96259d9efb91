using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Diagnostics;

public sealed class OutageLogTests
{
    readonly StoreOutage _status = new();
    readonly ManualClock _clock = new();
    readonly LogLines<OutageLog> _log = new();

    [Fact]
    public async Task Outage_IsSaidOnceHoweverOftenItIsReported()
    {
        await new OutageLog(_status, _clock, _log).StartAsync(CancellationToken.None);

        _status.Report("The store is gone: bring it back.");
        _status.Report("The store is gone: bring it back.");
        _status.Report("The store is gone in another way.");
        _clock.Advance(TimeSpan.FromSeconds(42));
        _status.Clear();
        _status.Clear();

        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("gone: bring it back.", _log.Lines[0], StringComparison.Ordinal);
        Assert.Contains("42 s", _log.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outage_ThatWasThereAtTheStart_IsSaid()
    {
        _status.Report("The store is gone.");

        await new OutageLog(_status, _clock, _log).StartAsync(CancellationToken.None);

        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task Outage_AfterTheStop_IsNotSaid()
    {
        IJobStoreStatus status = _status;
        var log = new OutageLog(status, _clock, _log);
        await log.StartAsync(CancellationToken.None);
        await log.StopAsync(CancellationToken.None);

        _status.Report("The store is gone.");

        Assert.Empty(_log.Lines);
    }
}
