using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using LibraryPortal.Jobs.Events;

namespace LibraryPortal.Jobs.Stores.Redis.Events;

/// <summary>Job events as they travel between processes: per event state, what follows, 16 bytes of id, then name unless it is the one before's, owner and
/// progress where there are any.</summary>
internal static class EventMessage
{
    /// <summary>First byte of every message; another form gets another one and is passed over.</summary>
    public const byte Version = 1;

    const byte HasName = 1, HasOwner = 2, HasProgress = 4, HasMessage = 8;

    public static void Write(IBufferWriter<byte> target, JobId id, string? name, JobState state, string? owner, JobProgress? progress)
    {
        var head = target.GetSpan(18);
        head[0] = (byte)state;
        head[1] = (byte)((name is null ? 0 : HasName) | (owner is null ? 0 : HasOwner) | (progress is null ? 0 : HasProgress) | (progress?.Message is null ? 0 : HasMessage));
        id.Value.TryWriteBytes(head[2..], bigEndian: true, out _);
        target.Advance(18);
        if (name is not null)
            WriteText(target, name);
        if (owner is not null)
            WriteText(target, owner);
        if (progress is null)
            return;
        var numbers = target.GetSpan(16);
        BinaryPrimitives.WriteInt64LittleEndian(numbers, progress.Done);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], progress.Total);
        target.Advance(16);
        if (progress.Message is not null)
            WriteText(target, progress.Message);
    }

    /// <summary>The events of a message; none for one in a form this program does not know.</summary>
    public static List<JobEvent> Read(ReadOnlySpan<byte> message)
    {
        List<JobEvent> events = [];
        if (message.IsEmpty || message[0] != Version)
            return events;
        var rest = message[1..];
        var name = "";
        while (!rest.IsEmpty)
        {
            var (state, has) = ((JobState)rest[0], rest[1]);
            var id = new JobId(new Guid(rest.Slice(2, 16), bigEndian: true));
            rest = rest[18..];
            if ((has & HasName) != 0)
                name = ReadText(ref rest);
            var owner = (has & HasOwner) != 0 ? ReadText(ref rest) : null;
            JobProgress? progress = null;
            if ((has & HasProgress) != 0)
            {
                var (done, total) = (BinaryPrimitives.ReadInt64LittleEndian(rest), BinaryPrimitives.ReadInt64LittleEndian(rest[8..]));
                rest = rest[16..];
                progress = new JobProgress(done, total, (has & HasMessage) != 0 ? ReadText(ref rest) : null);
            }

            events.Add(new JobEvent(id, name, state, owner, progress));
        }

        return events;
    }

    static void WriteText(IBufferWriter<byte> target, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var span = target.GetSpan(length + 4);
        BinaryPrimitives.WriteInt32LittleEndian(span, length);
        Encoding.UTF8.GetBytes(text, span[4..]);
        target.Advance(length + 4);
    }

    static string ReadText(ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        var text = Encoding.UTF8.GetString(rest.Slice(4, length));
        rest = rest[(4 + length)..];
        return text;
    }
}
