namespace LibraryPortal.Hosting.Bench;

/// <summary>What one phase cost, in jobs a second and microseconds of processor per job.</summary>
/// <param name="Engine">This process: client, worker, sockets, serialising and all.</param>
/// <param name="RedisScripts">Redis inside scripts.</param>
/// <param name="RedisElse">Redis outside scripts: sockets and protocol.</param>
/// <param name="Batch">Jobs in one call of the store that enqueues, claims or tells outcomes.</param>
internal readonly record struct BenchCost(double Rate, double Engine, double RedisScripts, double RedisElse, double Batch)
{
    /// <param name="batch">See <see cref="Batch"/>.</param>
    public static BenchCost Between(BenchReading before, BenchReading after, int jobs, double rate, double batch)
    {
        var scripts = (after.Scripts - before.Scripts).TotalMicroseconds / jobs;
        var redis = (after.RedisCpu - before.RedisCpu).TotalMicroseconds / jobs;
        return new BenchCost(rate, (after.EngineCpu - before.EngineCpu).TotalMicroseconds / jobs, scripts, Math.Max(0, redis - scripts), batch);
    }
}
