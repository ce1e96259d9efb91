using System.Buffers.Binary;
using System.Text.Json;

namespace LibraryPortal.Jobs.Stores;

/// <summary>What a store has of a job and no program of this version can read: damaged, or in the form of a later version. It stays as it is.</summary>
/// <param name="Why">What is wrong with it.</param>
/// <param name="Bytes">The envelope as it is stored.</param>
internal sealed record UnreadableForm(string Why, ReadOnlyMemory<byte> Bytes)
{
    const int VersionOfIds = 7;

    static readonly JsonElement NoArgs = JsonElement.Parse("null");
    static readonly TimeSpan DefaultTtl = TimeSpan.FromDays(1);

    /// <summary>The form it is in, where that is a later one: then the job is well, and another's to run. Null where it is damaged.</summary>
    public int? LaterForm { get; } = EnvelopeCodec.FormOf(Bytes.Span) is > EnvelopeCodec.Form and var form ? form : null;

    /// <summary>What is said of a job that ends because of it.</summary>
    public string Sentence => $"What is stored of it cannot be read: {Why} Replay it with other arguments, or by a program that can read it.";

    /// <summary>Stands for the job, with what can be told of it; it has no arguments.</summary>
    public JobEnvelope StandIn(JobId id, string name, string queue, JobPriority priority) => new()
    {
        Id = id, Name = name, Queue = queue, Priority = priority, Args = NoArgs, EnqueuedAt = MomentOf(id), Retry = new RetryPolicy(1, TimeSpan.Zero, TimeSpan.Zero),
        ResultTtl = DefaultTtl, Unreadable = this,
    };

    static DateTimeOffset MomentOf(JobId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        return id.Value.Version == VersionOfIds ? DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16) : DateTimeOffset.UnixEpoch;
    }
}
