using System.Globalization;
using System.Text;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Writes the figures for people.</summary>
internal static class QueueBenchTable
{
    public static string Write(BenchFigures figures)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        void Spread(string what, Delays delays) => Line($"{what,-30}{delays.P50,9:N3} {delays.P99,9:N3} {delays.P999,9:N3} {delays.Worst,9:N3}");
        void Parts(string what, EngineParts parts) => Line($"{what,-30}{parts.Writing,9:N2} {parts.Reading,9:N2} {parts.Store,9:N2} {parts.Rest,9:N2} {parts.Batch,12:N0}");
        void Cost(string what, BenchCost cost) => Line($"{what,-30}{cost.RedisScripts,9:N2} {cost.RedisElse,9:N2} {cost.Engine,9:N2}");

        var callers = string.Create(CultureInfo.InvariantCulture, $"enqueue, {figures.Concurrency} callers");
        Line($"bench queue, {figures.Store} store, {figures.Jobs:N0} jobs, concurrency {figures.Concurrency}");
        Line($"{figures.MeasuredAt:yyyy-MM-dd HH:mm}Z, {figures.Machine}, {figures.Server}, {figures.Build}");
        Line($"");
        var bare = figures.Details?.Bare;
        Line($"jobs a second                    engine{(bare is null ? "" : " bare limit")}");
        Line($"{"enqueue in bulk",-30}{figures.EnqueueBulk.Rate,9:N0} {bare?.Enqueue.Rate,9:N0}   {figures.EnqueueBulk.Rate / bare?.Enqueue.Rate,4:P0}");
        Line($"{callers,-30}{figures.EnqueueCallers.Rate,9:N0}");
        Line($"{"enqueue, one caller",-30}{figures.EnqueueOneCaller.Rate,9:N0}");
        Line($"{"drain, to the last ack",-30}{figures.Drain.Rate,9:N0} {bare?.Drain.Rate,9:N0}   {figures.Drain.Rate / bare?.Drain.Rate,4:P0}");
        if (figures.Details is { } more)
        {
            Line($"{"drain, traces heard too",-30}{more.DrainTraced.Rate,9:N0}");
            Line($"{"drain, history kept meanwhile",-30}{more.DrainTold.Rate,9:N0}");
            Line($"{"enqueued and run at once",-30}{more.Capacity,9:N0}");
        }

        Line($"");
        Line($"microseconds of processor a job scripts  Redis I/O  engine");
        Cost("enqueue in bulk", figures.EnqueueBulk);
        Cost(callers, figures.EnqueueCallers);
        Cost("drain", figures.Drain);
        if (figures.Details is not { } details)
            return text.ToString();
        Cost("drain, traces heard too", details.DrainTraced);
        Cost("drain, history kept meanwhile", details.DrainTold);
        Line($"");
        Line($"of the engine's                 writing   reading {(figures.Store == "redis" ? "client" : "SQLite"),9}      rest  jobs a call");
        Parts("enqueue in bulk", details.BulkParts);
        Parts(callers, details.CallerParts);
        Parts("drain", details.DrainParts);
        Line($"");
        Line($"ms until the handler runs           p50       p99     p99.9     worst");
        Spread("idle worker", details.PickUp);
        if (details.PickUpElsewhere is { } elsewhere)
            Spread("of another process", elsewhere);
        Spread("after the due time", details.Due);
        foreach (var load in details.Load)
        {
            Spread(string.Create(CultureInfo.InvariantCulture, $"at {load.Percent} %, {load.Rate:N0}/s"), load.Delays);
            Spread("  of it until it was sent", load.Sending);
        }

        Line($"");
        Line($"{"idle: Redis commands a second",-30}{details.Idle.RedisCommands,9:N1}");
        Line($"{"idle: engine, Redis",-30}{details.Idle.EngineCpu,7:N2} % {details.Idle.RedisCpu,7:N2} % of a core");
        Line($"{"a waiting job in the store",-30}{details.Memory.PerWaitingJob,9:N0} bytes");
        Line($"");
        Line($"KiB more after {details.Memory.Jobs:N0} jobs, all forgotten");
        Line($"{"store, in use",-30}{details.Memory.StoreGrowth / 1024.0,9:N0}");
        if (figures.Store == "embedded")
            Line($"{"its file, free pages kept",-30}{details.Memory.FileGrowth / 1024.0,9:N0}");
        Line($"{"process, managed objects",-30}{details.Memory.ManagedGrowth / 1024.0,9:N0}");
        Line($"{"process, working set",-30}{details.Memory.ProcessGrowth / 1024.0,9:N0}");
        return text.ToString();
    }
}
