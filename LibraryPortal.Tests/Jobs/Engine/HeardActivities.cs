using System.Collections.Concurrent;
using System.Diagnostics;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>Every activity of the engine that this test set going and that has ended, and a source for those of a caller.</summary>
internal sealed class HeardActivities : IDisposable
{
    const string Caller = "test.caller";

    readonly OwnFlow _own = OwnFlow.Here;
    readonly ConcurrentQueue<Activity> _ended = new();
    readonly ActivitySource _caller = new(Caller);
    readonly ActivityListener _listener;

    public HeardActivities()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is JobTracing.SourceName or Caller,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (_own.IsHere)
                    _ended.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>What a user of the engine does, such as a click on a page.</summary>
    public Activity Start(string name) => _caller.StartActivity(name)!;

    /// <summary>Those of that name, in the order in which they ended.</summary>
    public Activity[] Of(string name) => [.. _ended.Where(activity => activity.DisplayName == name)];

    public async Task<Activity[]> UntilAsync(int count, string name)
    {
        await Eventually.HoldsAsync($"{count} × {name} have ended", () => Of(name).Length >= count);
        return Of(name);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _caller.Dispose();
    }
}
