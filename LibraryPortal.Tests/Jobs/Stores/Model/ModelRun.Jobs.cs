using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>The commands of those who enqueue, cancel and replay.</summary>
internal sealed partial class ModelRun
{
    async Task EnqueueAsync(ModelCommand.Enqueue command)
    {
        var jobs = command.Jobs.Select(Envelope).ToList();
        if (jobs.Count == 0)
            return;
        await TwiceAsync(command.Twice, async () =>
        {
            var expected = _model.Enqueue(jobs);
            Assert.Equal(expected, await Store.EnqueueAsync(jobs, CancellationToken.None));
        });
        _all.AddRange(jobs.Select(job => job.Id));
        _touched.UnionWith(jobs.Select(job => job.Id));
    }

    JobEnvelope Envelope(ModelCommand.Spec spec) => new()
    {
        Id = JobId.New(_now), Name = spec.News ? "test.news" : "test.one", Queue = $"q{spec.Queue}", Priority = (JobPriority)spec.Priority,
        Args = JsonSerializer.SerializeToElement(new { n = _all.Count }), EnqueuedAt = _now, DueAt = spec.DelayMs > 0 ? _now + TimeSpan.FromMilliseconds(spec.DelayMs) : null,
        Retry = new RetryPolicy(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)), UniqueKey = spec.Key > 0 ? $"key{spec.Key}" : null, ResultTtl = TimeSpan.FromDays(1),
        SerialKey = spec.Rules is { Serial: > 0 and var serial } ? $"serial{serial}" : null, Limits = spec.Rules?.Limit is { } limit ? [limit] : [],
        ExpiresAt = spec.Rules is { ExpiresMs: > 0 and var expires } ? _now + TimeSpan.FromMilliseconds(spec.DelayMs + expires) : null,
    };

    async Task CancelAsync(int pick)
    {
        var id = Pick(pick);
        Assert.Equal(_model.Cancel(id), await Store.CancelAsync(id, CancellationToken.None));
    }

    async Task RetryAsync(int pick)
    {
        var id = Pick(pick);
        Assert.Equal(_model.Retry(id), await Store.RetryAsync(id, CancellationToken.None));
    }

    // Of all that ever were, the forgotten ones included; now and then one that never was.
    JobId Pick(int pick)
    {
        var id = _all.Count == 0 || pick % 20 == 19 ? JobId.New(_now) : _all[pick % _all.Count];
        _touched.Add(id);
        return id;
    }
}
