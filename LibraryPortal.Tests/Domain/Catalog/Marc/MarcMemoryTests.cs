using LibraryPortal.Domain.Catalog.Marc;

namespace LibraryPortal.Tests.Domain.Catalog.Marc;

/// <summary>A file of any size is read in the memory of one record: nothing is read far ahead, and nothing read is kept.</summary>
public sealed class MarcMemoryTests
{
    const int Count = 30_000;

    [Theory]
    [InlineData("Iso2709")]
    [InlineData("Xml")]
    public async Task Read_WhenFileIsLarge_HoldsOneRecordAtATime(string name)
    {
        var format = Enum.Parse<MarcFormat>(name);
        var (head, record, tail) = format == MarcFormat.Xml ? await XmlAsync() : ([], MarcSamples.Bytes(MarcSamples.Hobbit), []);
        await using var stream = new RepeatingStream(head, record, tail, Count);
        List<WeakReference> seen = [];
        var (number, lead) = (0L, 0L);
        await foreach (var reading in MarcFile.ReadAsync(stream, format))
        {
            Assert.NotNull(reading.Record);
            number++;
            lead = Math.Max(lead, stream.Given - head.Length - number * record.Length);
            if (number <= 100)
                seen.Add(new WeakReference(reading));
        }

        Assert.Equal(Count, number);
        Assert.InRange(lead, 0, 300_000);
        GC.Collect();
        Assert.InRange(seen.Count(reference => reference.IsAlive), 0, 2);
    }

    [Fact]
    public async Task ReadXml_WhenOneRecordNeverEnds_StopsAtTheLimit()
    {
        await using var stream = new RepeatingStream("<collection><record><leader a=\""u8.ToArray(), [.. Enumerable.Repeat((byte)'x', 1000)], [], int.MaxValue);
        var reading = Assert.Single(MarcFile.ReadAsync(stream, MarcFormat.Xml).ToBlockingEnumerable());
        Assert.Equal("The record takes more than 4 MB. Nothing after it was read.", Assert.Single(reading.Problems).Message);
        Assert.InRange(stream.Given, 0, MarcXml.MaxRecordBytes + 300_000);
    }

    static async Task<(byte[] Head, byte[] Record, byte[] Tail)> XmlAsync()
    {
        using var memory = new MemoryStream();
        await using (var writer = new MarcXmlWriter(memory))
            await writer.WriteAsync(MarcSamples.Hobbit);
        var xml = System.Text.Encoding.UTF8.GetString(memory.ToArray());
        var (start, end) = (xml.IndexOf("<record", StringComparison.Ordinal), xml.IndexOf("</collection", StringComparison.Ordinal));
        return (System.Text.Encoding.UTF8.GetBytes(xml[..start]), System.Text.Encoding.UTF8.GetBytes(xml[start..end]), System.Text.Encoding.UTF8.GetBytes(xml[end..]));
    }

    /// <summary>A head, the same body so many times, and a tail, made while it is read.</summary>
    sealed class RepeatingStream(byte[] head, byte[] body, byte[] tail, int count) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => head.Length + (long)body.Length * count + tail.Length;

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var bodies = head.Length + (long)body.Length * count;
            var source = Given < head.Length ? head.AsSpan((int)Given)
                : Given < bodies ? body.AsSpan((int)((Given - head.Length) % body.Length))
                : tail.AsSpan((int)(Given - bodies));
            var taken = Math.Min(source.Length, buffer.Length);
            source[..taken].CopyTo(buffer);
            Given += taken;
            return taken;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
