using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace LibraryPortal.Features.Import.Reading;

/// <summary>The encodings in which tables come.</summary>
internal static class TextEncodings
{
    /// <summary>What a page offers, with the words for it. Others can be named on the command line.</summary>
    public static IReadOnlyList<(string Name, string Words)> Offered { get; } =
    [
        ("utf-8", "UTF-8"), ("windows-1252", "Western European (Windows-1252)"), ("iso-8859-15", "Western European (ISO 8859-15)"),
        ("windows-1250", "Central European (Windows-1250)"), ("windows-1251", "Cyrillic (Windows-1251)"), ("windows-1256", "Arabic (Windows-1256)"),
        ("utf-16", "UTF-16"),
    ];

    /// <summary>What is taken for text that is not UTF-8 and says nothing.</summary>
    public const string Fallback = "windows-1252";

    /// <summary>The encoding of this name, which throws for bytes it does not have; null for a name that is none.</summary>
    public static Encoding? Find(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The name of the encoding a file seems to be in; null for UTF-8 or what its byte order mark says.</summary>
    public static async Task<string?> GuessAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        var scratch = ArrayPool<char>.Shared.Rent(256 * 1024);
        try
        {
            var kept = 0;
            var isFirst = true;
            while (true)
            {
                var read = await file.ReadAsync(buffer.AsMemory(kept), cancellationToken);
                var bytes = buffer.AsSpan(0, kept + read);
                if (isFirst && (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]))
                    return null;
                isFirst = false;
                var status = Utf8.ToUtf16(bytes, scratch, out var used, out _, replaceInvalidSequences: false, isFinalBlock: read == 0);
                if (status == OperationStatus.InvalidData)
                    return Fallback;
                if (read == 0)
                    return null;
                // A character cut in two by the end of the buffer.
                bytes[used..].CopyTo(buffer);
                kept = bytes.Length - used;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            ArrayPool<char>.Shared.Return(scratch);
        }
    }
}
