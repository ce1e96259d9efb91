namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>Opens a file of MARC records in either format.</summary>
internal static class MarcFile
{
    /// <summary>How many bytes from the beginning <see cref="Detect"/> should see.</summary>
    public const int HeadLength = 64;

    /// <summary>Tells the format by the first bytes, never by the name. Null: neither.</summary>
    public static MarcFormat? Detect(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return MarcFormat.Xml;
        if (head.StartsWith(Iso2709.Utf8Mark))
            head = head[Iso2709.Utf8Mark.Length..];
        var padding = head.IndexOfAnyExcept(Iso2709.Padding);
        head = padding < 0 ? [] : head[padding..];
        if (head is [(byte)'<', ..])
            return MarcFormat.Xml;
        return head.Length >= 5 && Iso2709.Number(head[..5]) is not null ? MarcFormat.Iso2709 : null;
    }

    /// <summary>The records of the stream one by one, in memory that does not grow with the file. Never throws for what the file contains.</summary>
    public static IAsyncEnumerable<MarcReading> ReadAsync(Stream stream, MarcFormat format, CancellationToken cancellation = default) => format switch
    {
        MarcFormat.Iso2709 => Iso2709Reader.ReadAsync(stream, cancellation),
        MarcFormat.Xml => MarcXmlReader.ReadAsync(stream, cancellation),
    };
}
