using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using LibraryPortal.Domain;

namespace LibraryPortal.Features.Catalog.Import;

/// <summary>A CSV file that has been looked through once: it is text, its columns are known, its quotes are closed. Reading it again is then safe.</summary>
internal sealed class CatalogFile
{
    /// <summary>The longest cell, in characters. A longer one is a quote that was never closed.</summary>
    const int MaxCell = 256 * 1024;

    readonly string _path;
    readonly Encoding _encoding;

    CatalogFile(string path, Encoding encoding) => (_path, _encoding) = (path, encoding);

    public ICatalogMapping Mapping { get; private set; } = null!;

    /// <summary>Cells in the heading.</summary>
    public int Width { get; private set; }

    /// <summary>Rows below the heading, empty ones not counted.</summary>
    public int Rows { get; private set; }

    /// <summary>Looks through the whole file without keeping it.</summary>
    /// <param name="encoding">What the file says it is; null for UTF-8, or what a byte order mark says.</param>
    public static Outcome<CatalogFile> Open(string path, Encoding? encoding = null)
    {
        if (Directory.Exists(path))
            return Refuse(path, "is a folder; expected a CSV file");
        if (!File.Exists(path))
            return Refuse(path, "does not exist");
        var file = new CatalogFile(path, encoding ?? new UTF8Encoding(false, throwOnInvalidBytes: true));
        try
        {
            return file.Inspect();
        }
        catch (DecoderFallbackException)
        {
            return Refuse(path, "is not UTF-8. Save it as 'CSV UTF-8', or name its encoding, for example --encoding windows-1252");
        }
        catch (MaxFieldSizeException)
        {
            return Refuse(path, $"has a cell of more than {MaxCell / 1024} KB: probably a quotation mark that is never closed");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Refuse(path, $"cannot be read: {error.Message}");
        }
    }

    /// <summary>The rows below the heading with their numbers; the heading is row 1. Empty rows are left out.</summary>
    public IEnumerable<(int Row, string[] Cells)> Read()
    {
        using var text = new StreamReader(_path, _encoding, detectEncodingFromByteOrderMarks: true);
        using var parser = new CsvParser(text, Configuration());
        while (parser.Read())
        {
            var cells = parser.Record!;
            if (parser.Row > 1 && !Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
                yield return (parser.Row, cells);
        }
    }

    Outcome<CatalogFile> Inspect()
    {
        if (LooksBinary())
            return Refuse(_path, "is not a text file; expected CSV");
        using var text = new StreamReader(_path, _encoding, detectEncodingFromByteOrderMarks: true);
        using var parser = new CsvParser(text, Configuration());
        if (!parser.Read())
            return Refuse(_path, "is empty");
        var heading = parser.Record!;
        if ((GoodbooksMapping.For(heading) ?? GeneralMapping.For(heading)) is not { } mapping)
            return Refuse(_path, $"has no column called 'title', so it is not a list of books; its first row {Sample(heading)}");
        (Mapping, Width) = (mapping, heading.Length);
        while (parser.Read())
            Rows += Array.TrueForAll(parser.Record!, string.IsNullOrWhiteSpace) ? 0 : 1;
        return this;
    }

    bool LooksBinary()
    {
        using var stream = File.OpenRead(_path);
        Span<byte> start = stackalloc byte[4096];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        // UTF-16 with a byte order mark has zero bytes and is text all the same.
        return !start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) && !start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) && start.Contains((byte)0);
    }

    static CsvConfiguration Configuration() => new(CultureInfo.InvariantCulture)
    {
        DetectDelimiter = true,
        DetectDelimiterValues = [",", ";", "\t", "|"],
        // A stray quotation mark inside a cell is taken as it stands; the number of cells shows whether the row is whole.
        BadDataFound = null,
        IgnoreBlankLines = false,
        MaxFieldSize = MaxCell,
    };

    static string Sample(string[] heading)
    {
        var cells = heading.Take(8).Select(cell => CellReader.Text(cell) ?? "").Select(cell => cell.Length > 30 ? $"{cell[..30]}…" : cell);
        return Array.TrueForAll(heading, string.IsNullOrWhiteSpace) ? "is empty" : $"is: {string.Join(", ", cells)}{(heading.Length > 8 ? ", …" : "")}";
    }

    static Refusal Refuse(string path, string why) => new(RefusalKind.Invalid, $"{path} {why}. Nothing was changed.", "import-file");
}
