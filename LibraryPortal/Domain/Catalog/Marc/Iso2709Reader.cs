using System.Runtime.CompilerServices;

namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>Reads MARC 21 records in the exchange format ISO 2709, one at a time and in constant memory. Damaged records are skipped and reported.</summary>
internal static class Iso2709Reader
{
    /// <summary>Every record of the stream and every damaged stretch of it. Throws only what the stream itself throws.</summary>
    public static async IAsyncEnumerable<MarcReading> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var frames = new Iso2709Frames(stream);
        for (var number = 1L; await frames.NextAsync(cancellation) is { } frame; number++)
        {
            var place = new MarcPlace(number, frame.Offset, MarcFormat.Iso2709);
            yield return frame.Damage is { } damage ? new MarcReading(place, null, [damage]) : Parse(place, frame.Bytes.Span);
        }
    }

    static MarcReading Parse(MarcPlace place, ReadOnlySpan<byte> bytes)
    {
        List<MarcProblem> problems = [];
        return new MarcReading(place, Iso2709Parser.Parse(bytes, problems), problems);
    }
}
