using System.Runtime.CompilerServices;
using LibraryPortal.Domain.Catalog.Marc;
using LibraryPortal.Domain.Imports;

namespace LibraryPortal.Features.Import.Reading;

/// <summary>The records of a MARC file as rows.</summary>
internal static class MarcRows
{
    /// <summary>The format of the file by its first bytes; null: it is no MARC.</summary>
    public static async Task<ImportFormat?> DetectAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        var head = new byte[MarcFile.HeadLength];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        // UTF-16 may be XML or any other text.
        if (head is [0xFF, 0xFE, not (byte)'<', ..] or [0xFE, 0xFF, _, not (byte)'<', ..])
            return null;
        return MarcFile.Detect(head.AsSpan(0, read)) switch
        {
            MarcFormat.Iso2709 => ImportFormat.Marc21,
            MarcFormat.Xml => ImportFormat.MarcXml,
            null => null,
        };
    }

    public static async IAsyncEnumerable<SourceRow> ReadAsync(string path, ImportFormat format, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var file = Open(path);
        var number = 0;
        await foreach (var reading in MarcFile.ReadAsync(file, format == ImportFormat.MarcXml ? MarcFormat.Xml : MarcFormat.Iso2709, cancellationToken))
            yield return new SourceRow(++number, [], reading);
    }

    static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
}
