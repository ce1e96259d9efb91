using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>The protocol of Redis (RESP2), as far as a line of one's own needs it.</summary>
internal static class RedisWords
{
    /// <summary>Sends one command.</summary>
    public static void Write(Stream stream, IReadOnlyList<byte[]> words)
    {
        using var command = new MemoryStream();
        command.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"*{words.Count}\r\n")));
        foreach (var word in words)
        {
            command.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"${word.Length}\r\n")));
            command.Write(word);
            command.Write("\r\n"u8);
        }

        stream.Write(command.GetBuffer().AsSpan(0, (int)command.Length));
        stream.Flush();
    }

    /// <summary>Reads one reply: bytes, a number, a list of replies, or null.</summary>
    /// <exception cref="RedisRefusedException">It is an error, or a list with one in it. It has been read to its end all the same.</exception>
    /// <exception cref="EndOfStreamException">The connection ended.</exception>
    public static object? Read(Stream stream)
    {
        var line = ReadLine(stream);
        switch (line[0])
        {
            case (byte)'+':
                return line[1..];
            case (byte)'-':
                throw new RedisRefusedException(Encoding.UTF8.GetString(line.AsSpan(1)));
            case (byte)':':
                return ReadNumber(line);
            case (byte)'$':
                return ReadBytes(stream, ReadNumber(line));
            case (byte)'*':
                return ReadList(stream, ReadNumber(line));
            default:
                throw new InvalidDataException($"A reply of Redis cannot begin with byte {line[0]}.");
        }
    }

    static object?[] ReadList(Stream stream, long length)
    {
        var items = new object?[Math.Max(length, 0)];
        RedisRefusedException? refused = null;
        for (var i = 0; i < items.Length; i++)
        {
            try
            {
                items[i] = Read(stream);
            }
            catch (RedisRefusedException error)
            {
                refused ??= error;
            }
        }

        return refused is null ? items : throw refused;
    }

    static byte[]? ReadBytes(Stream stream, long length)
    {
        if (length < 0)
            return null;
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        stream.ReadExactly(stackalloc byte[2]);
        return bytes;
    }

    static long ReadNumber(byte[] line) =>
        Utf8Parser.TryParse(line.AsSpan(1), out long number, out _) ? number : throw new InvalidDataException("A reply of Redis has no number where one belongs.");

    static byte[] ReadLine(Stream stream)
    {
        List<byte> line = [];
        while (true)
        {
            var next = stream.ReadByte();
            if (next < 0)
                throw new EndOfStreamException();
            if (next == '\n')
                return line.Count > 1 ? [.. line.SkipLast(1)] : throw new InvalidDataException("A reply of Redis is empty.");
            line.Add((byte)next);
        }
    }
}
