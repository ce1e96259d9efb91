using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.Reports;

/// <summary>How much an export costs. Alone, because it measures the memory of the whole process.</summary>
[Collection(nameof(RunsAlone))]
public sealed class ExportCostTests : IAsyncLifetime
{
    TestReports _reports = null!;

    public async ValueTask InitializeAsync() => _reports = await TestReports.CreateAsync();

    public ValueTask DisposeAsync() => _reports.DisposeAsync();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Run_WithManyRequests_TakesLittleTimeAndNoMoreMemoryThanWithFew()
    {
        const int few = 2_000, many = 12_000;
        var reader = await _reports.AddReaderAsync("rita");
        await _reports.Build.AddRequestsAsync(reader.UserId, few);
        await _reports.RunAsync(await _reports.StartAsync(reader));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await _reports.RunAsync(await _reports.StartAsync(reader));
        var took = watch.Elapsed;

        await _reports.Build.AddRequestsAsync(reader.UserId, many - few);
        List<long> heap = [];
        await _reports.RunAsync(await _reports.StartAsync(reader), new InlineJob
        {
            OnProgress = progress =>
            {
                if (progress.Done % 2_000 == 0)
                    heap.Add(GC.GetTotalMemory(forceFullCollection: true));
                return Task.CompletedTask;
            },
        });

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{few:N0} requests in {took.TotalMilliseconds:N0} ms; heap while writing {many:N0}: {string.Join(", ", heap.Select(bytes => $"{bytes / 1024.0 / 1024:N1}"))} MB");
        Assert.True(took < TimeSpan.FromSeconds(2), $"It took {took}.");
        // 10,000 rows held would be 5 MB and more.
        Assert.InRange(heap[^2] - heap[1], long.MinValue, 1_500_000);
    }
}
