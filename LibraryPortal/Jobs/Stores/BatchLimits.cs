using System.Runtime.InteropServices;
using System.Text.Json;

namespace LibraryPortal.Jobs.Stores;

/// <summary>How much one call of a store carries: a call holds everyone else up, by the number of its jobs and by their bytes.</summary>
internal static class BatchLimits
{
    /// <summary>Jobs in one call at most.</summary>
    public const int Jobs = 256;

    /// <summary>Bytes in one call, about; a single job larger than that goes alone.</summary>
    public const int Bytes = 1 << 20;

    // What a job takes beside its arguments, roughly.
    const int Frame = 400;

    public static int Weigh(JobEnvelope job) => Frame + Length(job.Args);

    public static int Weigh(JobOutcome outcome) =>
        Weigh(outcome.Job.Envelope) + Weigh(outcome.Result) + (outcome.Error?.Length ?? 0);

    public static int Weigh(JobRecord job) => Weigh(job.Envelope) + Weigh(job.Result) + (job.Error?.Length ?? 0);

    public static int Weigh(JsonElement? json) => json is { } value ? Length(value) : 0;

    /// <summary>Cuts a list into batches in its order. One that is small enough is returned as it is.</summary>
    public static IEnumerable<IReadOnlyList<T>> Split<T>(IReadOnlyList<T> all, Func<T, int> weigh)
    {
        var (from, bytes) = (0, 0);
        for (var i = 0; i < all.Count; i++)
        {
            var weight = weigh(all[i]);
            if (i > from && (i - from == Jobs || bytes + weight > Bytes))
            {
                yield return Slice(all, from, i);
                (from, bytes) = (i, 0);
            }

            bytes += weight;
        }

        if (from < all.Count)
            yield return from == 0 ? all : Slice(all, from, all.Count);
    }

    static T[] Slice<T>(IReadOnlyList<T> all, int from, int to)
    {
        var slice = new T[to - from];
        for (var i = from; i < to; i++)
            slice[i - from] = all[i];
        return slice;
    }

    static int Length(JsonElement json) => json.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(json).Length;
}
