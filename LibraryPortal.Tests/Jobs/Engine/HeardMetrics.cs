using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>Everything the engine's meter tells, from this test and whatever runs beside it.</summary>
internal sealed class HeardMetrics : IDisposable
{
    readonly MeterListener _listener = new();
    readonly ConcurrentDictionary<(string Name, string Tag, string Value), double> _heard = new();

    public HeardMetrics()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == JobMetrics.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public async Task UntilAsync(string name, string tag = "", params string[] values)
    {
        foreach (var value in values.DefaultIfEmpty(""))
        {
            await Eventually.HoldsAsync($"{name} {tag} {value} is told", () =>
            {
                _listener.RecordObservableInstruments();
                return _heard.ContainsKey((name, tag, value));
            }, TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>What was told so far, all together; alone where nobody else has a tag of this value.</summary>
    public double Sum(string name, string tag, string value) => _heard.GetValueOrDefault((name, tag, value));

    public void Dispose() => _listener.Dispose();

    void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Add((instrument.Name, "", ""), value);
        foreach (var (tag, text) in tags)
            Add((instrument.Name, tag, $"{text}"), value);
    }

    void Add((string, string, string) key, double value) => _heard.AddOrUpdate(key, value, (_, sum) => sum + value);
}
