using System.Globalization;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Writes the figures for people.</summary>
internal static class QueueBenchTable
{
    public static string Write(BenchFigures figures) => string.Create(CultureInfo.InvariantCulture, $"""
        bench queue, {figures.Store} store, {figures.Jobs:N0} jobs, concurrency {figures.Concurrency}
        {figures.MeasuredAt:yyyy-MM-dd HH:mm}Z, {figures.Machine}, {figures.Build}

        enqueue in bulk              {figures.EnqueueBulk,12:N0} jobs/s
        enqueue, {figures.Concurrency,3} callers         {figures.EnqueueCallers,12:N0} jobs/s
        enqueue, one caller          {figures.EnqueueOneCaller,12:N0} jobs/s
        drain, to the last ack       {figures.Drain,12:N0} jobs/s
        idle pick-up, p50            {figures.PickUpP50,12:N3} ms
        idle pick-up, p99            {figures.PickUpP99,12:N3} ms
        idle pick-up, worst          {figures.PickUpWorst,12:N3} ms
        managed memory grown         {figures.MemoryGrowth,12:N1} MiB
        """);
}
