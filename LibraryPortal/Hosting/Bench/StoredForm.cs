using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis.Records;

namespace LibraryPortal.Hosting.Bench;

/// <summary>How a kind of store writes jobs down and reads them.</summary>
/// <param name="Write">When a job is enqueued.</param>
/// <param name="Read">When it is claimed.</param>
/// <param name="End">When its outcome is told. Null where that takes no writing.</param>
internal sealed record StoredForm(Func<JobEnvelope, byte[]> Write, Func<byte[], JobEnvelope?> Read, Func<JobOutcome, byte[]>? End)
{
    public static StoredForm Embedded { get; } = new(EnvelopeCodec.Write, static bytes => EnvelopeCodec.TryRead(bytes, out _), End: null);

    public static StoredForm Redis { get; } = new(
        RecordWriter.WriteLive, static record => RecordReader.TryReadEnvelope(record), static outcome => RecordWriter.WriteFinal("bench", outcome, JobState.Succeeded, outcome.StartedAt));
}
