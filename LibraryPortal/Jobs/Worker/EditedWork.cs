using System.Security.Cryptography;
using System.Text.Json;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Tells the work of a job with other arguments from that it was accepted for.</summary>
internal static class EditedWork
{
    /// <summary>The job's id, where its arguments are those it was accepted with; else one that follows from the job and its arguments.</summary>
    public static JobId IdOf(JobEnvelope job)
    {
        if (job.OriginalArgs is not { } accepted || JsonElement.DeepEquals(accepted, job.Args))
            return job.Id;
        // Written anew: the same arguments, read from wherever they were kept, are the same bytes.
        var digest = SHA256.HashData([.. job.Id.Value.ToByteArray(bigEndian: true), .. JsonSerializer.SerializeToUtf8Bytes(job.Args)]);
        // RFC 9562: version 8, what its maker likes, so never the id of a job; and variant 2.
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new JobId(new Guid(digest.AsSpan(0, 16), bigEndian: true));
    }
}
