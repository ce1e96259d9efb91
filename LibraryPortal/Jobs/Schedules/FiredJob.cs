using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>What follows from a schedule and one of its due times, the same on every machine: the job's id and its jitter.</summary>
internal static class FiredJob
{
    /// <summary>The job of one due time. Whoever fires it again makes the job that is already there.</summary>
    public static JobEnvelope At(Schedule schedule, DateTimeOffset due, DateTimeOffset now)
    {
        var digest = Digest(schedule.Name, due);
        var start = due + JitterOf(schedule.Jitter, digest);
        return schedule.Job with
        {
            Id = IdOf(due, digest), EnqueuedAt = now, DueAt = start > now ? start : null, ScheduledFor = due, TraceParent = Activity.Current?.Id,
            // From when it may start: how late a missed run may be made up for is not the job's to say.
            ExpiresAt = schedule.Job.ExpiresAt is { } expires ? (start > now ? start : now) + (expires - schedule.Job.EnqueuedAt) : null, Tags = [.. schedule.Job.Tags, TagOf(schedule.Name)],
        };
    }

    /// <summary>Every job of a schedule carries it, so that they can be found.</summary>
    public static string TagOf(string schedule) => "schedule:" + schedule;

    public static JobId IdAt(string schedule, DateTimeOffset due) => IdOf(due, Digest(schedule, due));

    // A UUID version 7: the due time in front, as with any other job's id, and of the digest what is left.
    static JobId IdOf(DateTimeOffset due, ReadOnlySpan<byte> digest)
    {
        Span<byte> id = stackalloc byte[16];
        digest[..16].CopyTo(id);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, due.ToUnixTimeMilliseconds());
        time[2..].CopyTo(id);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new JobId(new Guid(id, bigEndian: true));
    }

    static TimeSpan JitterOf(TimeSpan most, ReadOnlySpan<byte> digest)
    {
        // Bytes the id does not use.
        var draw = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]) / (ulong.MaxValue + 1.0);
        return TimeSpan.FromMilliseconds(Math.Floor(most.TotalMilliseconds * draw));
    }

    static byte[] Digest(string schedule, DateTimeOffset due) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{schedule}\n{due.ToUnixTimeMilliseconds()}")));
}
