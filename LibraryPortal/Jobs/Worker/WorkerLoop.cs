using LibraryPortal.Jobs.Diagnostics;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>The one shape of the worker's background loops: run once, again and again, until asked to stop or over. Cancellation is not an error; a surprise is
/// logged and the loop goes on, after a rest.</summary>
internal abstract class WorkerLoop(string name, ILogger log)
{
    protected ILogger Logger { get; } = log;

    static readonly TimeSpan RestAfterSurprise = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !IsOver)
        {
            try
            {
                await RunOnceAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Log.PartFailed(Logger, name, error);
                await Task.Delay(RestAfterSurprise, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Whether there is nothing left to do, though nobody asked to stop. Default: false.</summary>
    protected virtual bool IsOver => false;

    /// <summary>One turn, its wait included.</summary>
    protected abstract Task RunOnceAsync(CancellationToken stop);
}
