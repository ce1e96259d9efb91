using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Hosting.Bench;

/// <summary>How long it takes to write and read a job with its arguments, as once each in its life.</summary>
internal static class SerialiserBench
{
    /// <returns>Microseconds per job.</returns>
    public static double Run(IJobClient client)
    {
        const int Rounds = 50_000;
        for (var warm = 0; warm < 2_000; warm++)
            Once(client, warm);
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Rounds; i++)
            Once(client, i);
        return TimeProvider.System.GetElapsedTime(began).TotalMicroseconds / Rounds;
    }

    static BenchNoop? Once(IJobClient client, int number) =>
        EnvelopeCodec.Read(EnvelopeCodec.Write(client.Prepare(new BenchNoop(number)))).Args.Deserialize<BenchNoop>(JobJson.Options);
}
