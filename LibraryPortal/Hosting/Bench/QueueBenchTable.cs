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
        void Cost(string what, BenchCost cost) => Line($"{what,-30}{cost.RedisScripts,9:N2} {cost.RedisElse,9:N2} {cost.Engine,9:N2}");

        Line($"bench queue, {figures.Store} store, {figures.Jobs:N0} jobs, concurrency {figures.Concurrency}");
        Line($"{figures.MeasuredAt:yyyy-MM-dd HH:mm}Z, {figures.Machine}, {figures.Build}");
        Line($"");
        var bare = figures.Details?.Bare;
        Line($"jobs a second                    engine{(bare is null ? "" : " bare limit")}");
        Line($"{"enqueue in bulk",-30}{figures.EnqueueBulk.Rate,9:N0} {bare?.Enqueue,9:N0}   {figures.EnqueueBulk.Rate / bare?.Enqueue,4:P0}");
        Line($"{$"enqueue, {figures.Concurrency} callers",-30}{figures.EnqueueCallers.Rate,9:N0}");
        Line($"{"enqueue, one caller",-30}{figures.EnqueueOneCaller.Rate,9:N0}");
        Line($"{"drain, to the last ack",-30}{figures.Drain.Rate,9:N0} {bare?.Drain,9:N0}   {figures.Drain.Rate / bare?.Drain,4:P0}");
        if (figures.Details is { } more)
        {
            Line($"{"drain, metrics, traces heard",-30}{more.DrainHeard.Rate,9:N0}");
            Line($"{"drain, history kept meanwhile",-30}{more.DrainTold.Rate,9:N0}");
            Line($"{"enqueued and run at once",-30}{more.Capacity,9:N0}");
        }

        Line($"");
        Line($"microseconds of processor a job scripts  Redis I/O  engine");
        Cost("enqueue in bulk", figures.EnqueueBulk);
        Cost(string.Create(CultureInfo.InvariantCulture, $"enqueue, {figures.Concurrency} callers"), figures.EnqueueCallers);
        Cost("drain", figures.Drain);
        if (figures.Details is not { } details)
            return text.ToString();
        Cost("drain, metrics, traces heard", details.DrainHeard);
        Cost("drain, history kept meanwhile", details.DrainTold);
        Line($"{"of the engine's: serialising",-30}{"",9} {"",9} {details.Serialising,9:N2}");
        Line($"");
        Line($"ms until the handler runs           p50       p99     p99.9     worst");
        Spread("idle worker", details.PickUp);
        Spread("after the due time", details.Due);
        foreach (var load in details.Load)
            Spread(string.Create(CultureInfo.InvariantCulture, $"at {load.Percent} %, {load.Rate:N0}/s"), load.Delays);
        Line($"");
        Line($"{"idle: Redis commands a second",-30}{details.Idle.RedisCommands,9:N1}");
        Line($"{"idle: engine, Redis",-30}{details.Idle.EngineCpu,7:N2} % {details.Idle.RedisCpu,7:N2} % of a core");
        Line($"{"a waiting job in the store",-30}{details.Memory.PerWaitingJob,9:N0} bytes");
        Line($"{"store grown, jobs forgotten",-30}{details.Memory.StoreGrowth / 1024.0,9:N0} KiB");
        Line($"{"managed memory grown",-30}{details.Memory.EngineGrowth / 1024.0,9:N0} KiB");
        return text.ToString();
    }
}
