using System.Diagnostics;
using System.Diagnostics.Metrics;
using LibraryPortal.Jobs.Diagnostics;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Hears every metric and every activity of the engine, as an exporter would, and does nothing with them.</summary>
internal sealed class BenchListeners : IDisposable
{
    readonly MeterListener _metrics = new();
    readonly ActivityListener _activities = new()
    {
        ShouldListenTo = static source => source.Name == JobTracing.SourceName,
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public BenchListeners()
    {
        _metrics.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == JobMetrics.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        _metrics.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        _metrics.SetMeasurementEventCallback<int>(static (_, _, _, _) => { });
        _metrics.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        _metrics.Start();
        ActivitySource.AddActivityListener(_activities);
    }

    public void Dispose()
    {
        _activities.Dispose();
        _metrics.Dispose();
    }
}
