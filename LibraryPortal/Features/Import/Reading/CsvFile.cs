using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using LibraryPortal.Domain;

namespace LibraryPortal.Features.Import.Reading;

/// <summary>A table in a file: text, with cells separated by one sign. Read row by row, never kept.</summary>
internal sealed class CsvFile
{
    /// <summary>The longest cell, in characters. A longer one is a quote that was never closed.</summary>
    const int MaxCell = 256 * 1024;

    /// <summary>Rows of the sample.</summary>
    const int SampleRows = 20;

    /// <summary>What may separate cells, with the words for it.</summary>
    public static IReadOnlyList<(string Sign, string Words)> Delimiters { get; } = [(",", "Comma"), (";", "Semicolon"), ("\t", "Tab"), ("|", "Bar")];

    readonly string _path;
    readonly string _name;
    readonly Encoding _encoding;
    readonly string? _delimiter;

    /// <param name="name">What the person calls the file.</param>
    /// <param name="encoding">What the file says it is; null for UTF-8, or what a byte order mark says.</param>
    /// <param name="delimiter">Null: found out from the first rows.</param>
    public CsvFile(string path, string name, Encoding? encoding = null, string? delimiter = null) =>
        (_path, _name, _encoding, _delimiter) = (path, name, encoding ?? new UTF8Encoding(false, throwOnInvalidBytes: true), delimiter);

    /// <summary>Reads the beginning.</summary>
    public Outcome<CsvHead> ReadHead()
    {
        return Guarded(() =>
        {
            if (LooksBinary())
                return Refuse("is not a text file; expected CSV");
            using var parser = Open();
            if (!parser.Read())
                return Refuse("is empty");
            string[] heading = [.. parser.Record!.Select(cell => cell.Trim('\uFEFF', ' '))];
            List<string[]> sample = [];
            while (sample.Count < SampleRows && parser.Read())
            {
                if (!IsBlank(parser.Record!))
                    sample.Add(parser.Record!);
            }

            return Outcome(new CsvHead(parser.Delimiter, heading, sample));
        });
    }

    /// <summary>Looks through the whole file: every character can be read and every quote is closed.</summary>
    /// <returns>Rows below the heading, empty ones not counted.</returns>
    public Outcome<int> Count(CancellationToken cancellationToken = default) => Guarded(() =>
    {
        using var parser = Open();
        var rows = 0;
        parser.Read();
        while (parser.Read())
        {
            rows += IsBlank(parser.Record!) ? 0 : 1;
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Outcome(rows);
    });

    /// <summary>The rows below the heading with their numbers; the heading is row 1. Empty rows are left out.</summary>
    public async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var parser = Open();
        while (await parser.ReadAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cells = parser.Record!;
            if (parser.Row > 1 && !IsBlank(cells))
                yield return new SourceRow(parser.Row, cells);
        }
    }

    /// <summary>The refusal a fault of the file's contents means; null for a fault of another kind.</summary>
    public Refusal? Explain(Exception error) => error switch
    {
        DecoderFallbackException => Refuse($"is not {_encoding.WebName.ToUpperInvariant()}. Save it as 'CSV UTF-8', or name its encoding, for example windows-1252"),
        MaxFieldSizeException => Refuse($"has a cell of more than {MaxCell / 1024} KB: probably a quotation mark that is never closed"),
        FileNotFoundException or DirectoryNotFoundException => Refuse("does not exist"),
        IOException or UnauthorizedAccessException => Refuse($"cannot be read: {error.Message}"),
        _ => null,
    };

    Outcome<T> Guarded<T>(Func<Outcome<T>> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (Explain(error) is not null)
        {
            return Explain(error)!;
        }
    }

    CsvParser Open() => new(new StreamReader(_path, _encoding, detectEncodingFromByteOrderMarks: true, 64 * 1024), new CsvConfiguration(CultureInfo.InvariantCulture)
    {
        DetectDelimiter = _delimiter is null,
        DetectDelimiterValues = [.. Delimiters.Select(delimiter => delimiter.Sign)],
        Delimiter = _delimiter ?? ",",
        // A stray quotation mark inside a cell is taken as it stands; the number of cells shows whether the row is whole.
        BadDataFound = null,
        IgnoreBlankLines = false,
        MaxFieldSize = MaxCell,
    });

    bool LooksBinary()
    {
        using var stream = File.OpenRead(_path);
        Span<byte> start = stackalloc byte[4096];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        // UTF-16 with a byte order mark has zero bytes and is text all the same.
        return !start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) && !start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) && start.Contains((byte)0);
    }

    static bool IsBlank(string[] cells) => Array.TrueForAll(cells, string.IsNullOrWhiteSpace);

    static Outcome<T> Outcome<T>(T value) => value;

    Refusal Refuse(string why) => ImportRefusals.File(_name, why);
}
