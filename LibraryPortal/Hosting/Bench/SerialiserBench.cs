using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Hosting.Bench;

/// <summary>What it takes to write and to read a job with its arguments: enqueued it is written, claimed and run it is read, ended it may be written again.</summary>
internal static class SerialiserBench
{
    const int Rounds = 100_000;

    public static SerialiserFigures Run(IJobClient client, StoredForm form)
    {
        var now = TimeProvider.System.GetUtcNow();
        var job = client.Prepare(new BenchNoop(Rounds / 2));
        var stored = form.Write(job);
        var outcome = new JobOutcome(new ClaimedJob(job, Stamp: 1, Attempt: 1, Crashes: 0, CancelRequested: false) { Stored = stored }, OutcomeKind.Succeeded) { StartedAt = now };
        return new SerialiserFigures(
            Time(number => JsonSerializer.SerializeToElement(new BenchNoop(number), JobJson.Options)) + Time(_ => form.Write(job)),
            Time(_ => form.Read(stored)) + Time(_ => job.Args.Deserialize<BenchNoop>(JobJson.Options)),
            form.End is { } end ? Time(_ => end(outcome)) : 0);
    }

    // The first half is for the compiler.
    static double Time<T>(Func<int, T> work)
    {
        var began = TimeSpan.Zero;
        for (var i = 0; i < 2 * Rounds; i++)
        {
            if (i == Rounds)
                began = Environment.CpuUsage.TotalTime;
            work(i);
        }

        return (Environment.CpuUsage.TotalTime - began).TotalMicroseconds / Rounds;
    }
}

/// <summary>Microseconds of processor a job.</summary>
/// <param name="Written">When it is enqueued.</param>
/// <param name="Read">When it is claimed and run.</param>
/// <param name="Ended">When its outcome is told.</param>
internal readonly record struct SerialiserFigures(double Written, double Read, double Ended);
