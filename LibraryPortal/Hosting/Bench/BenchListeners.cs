using System.Diagnostics;
using System.Diagnostics.Metrics;
using LibraryPortal.Jobs.Diagnostics;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Hears the engine as an exporter would, and does nothing with it.</summary>
internal static class BenchListeners
{
    /// <summary>Every metric, until disposed.</summary>
    public static IDisposable HearMetrics()
    {
        var metrics = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == JobMetrics.MeterName)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        metrics.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        metrics.SetMeasurementEventCallback<int>(static (_, _, _, _) => { });
        metrics.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        metrics.Start();
        return metrics;
    }

    /// <summary>Every activity, until disposed.</summary>
    public static IDisposable HearTraces()
    {
        var activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == JobTracing.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(activities);
        return activities;
    }
}
