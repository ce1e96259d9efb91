using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Listeners to outages get in nobody's way.</summary>
public sealed class StoreOutageTests
{
    [Fact]
    public void ListenerThatThrows_IsNamed_AndKeepsNeitherTheOthersNorTheCallerFromGoingOn()
    {
        List<Exception> failed = [];
        List<string?> heard = [];
        var outage = new StoreOutage { ListenerFailed = failed.Add };
        outage.Changed += () => throw new InvalidOperationException("against its contract");
        outage.Changed += () => heard.Add(outage.Outage);

        outage.Report("It is out.");

        Assert.True(outage.Clear());
        Assert.Equal(["It is out.", null], heard);
        Assert.Equal(2, failed.Count);
    }
}
