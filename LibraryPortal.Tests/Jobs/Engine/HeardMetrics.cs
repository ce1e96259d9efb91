using System.Diagnostics.Metrics;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>Everything the engine's meter tells of what this test set going; of gauges, which are looked at, what the whole process tells.</summary>
internal sealed class HeardMetrics : IDisposable
{
    readonly OwnFlow _own = OwnFlow.Here;
    readonly MeterListener _listener = new();
    readonly Lock _gate = new();
    readonly List<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> _heard = [];

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

    /// <summary>Each value told so far with all of these tags, in that order.</summary>
    public IReadOnlyList<double> All(string name, params (string Tag, string Value)[] tags) => AllFrom(0, name, tags);

    /// <summary>What was told so far with all of these tags, all together.</summary>
    public double Sum(string name, params (string Tag, string Value)[] tags) => All(name, tags).Sum();

    /// <summary>What a gauge tells now; null while it tells nothing.</summary>
    public double? Look(string gauge, params (string Tag, string Value)[] tags)
    {
        int from;
        lock (_gate)
            from = _heard.Count;
        _listener.RecordObservableInstruments();
        return AllFrom(from, gauge, tags) is [.., var last] ? last : null;
    }

    public Task UntilSumAsync(double sum, string name, params (string Tag, string Value)[] tags) =>
        Eventually.HoldsAsync($"{name} {string.Join(' ', tags)} comes to {sum}", () => Sum(name, tags) >= sum, TimeSpan.FromSeconds(60));

    public void Dispose() => _listener.Dispose();

    IReadOnlyList<double> AllFrom(int from, string name, (string Tag, string Value)[] tags)
    {
        lock (_gate)
        {
            return
            [
                .. _heard.Skip(from).Where(one => one.Name == name && Array.TrueForAll(tags, tag => Array.Exists(one.Tags, has => has.Key == tag.Tag && $"{has.Value}" == tag.Value)))
                    .Select(one => one.Value),
            ];
        }
    }

    void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!instrument.IsObservable && !_own.IsHere)
            return;
        lock (_gate)
            _heard.Add((instrument.Name, value, tags.ToArray()));
    }
}
