using System.Buffers;
using System.Text;

namespace LibraryPortal.Tables;

/// <summary>Writes rows as RFC 4180: comma, CRLF, UTF-8 with byte order mark, text cells safe for spreadsheets. Holds one buffer, never the file.</summary>
internal sealed class CsvWriter(Stream stream) : IAsyncDisposable
{
    // Semicolon and tab separate cells for spreadsheets of some languages, so they are quoted as well.
    static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",;\"\t\r\n");

    readonly StreamWriter _writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 32 * 1024, leaveOpen: true) { NewLine = "\r\n" };

    public async Task WriteRowAsync(IReadOnlyList<TableCell> cells, CancellationToken cancellationToken)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                _writer.Write(',');
            Write(cells[i]);
        }

        await _writer.WriteLineAsync(ReadOnlyMemory<char>.Empty, cancellationToken);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    void Write(TableCell cell)
    {
        var text = cell.IsText ? SpreadsheetSafety.Neutralise(cell.Value) : cell.Value;
        if (!text.AsSpan().ContainsAny(NeedsQuotes) && !text.StartsWith(' ') && !text.EndsWith(' '))
        {
            _writer.Write(text);
            return;
        }

        _writer.Write('"');
        _writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        _writer.Write('"');
    }
}
