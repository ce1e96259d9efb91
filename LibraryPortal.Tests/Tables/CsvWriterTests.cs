using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Tables;
using CsvWriter = LibraryPortal.Tables.CsvWriter;

namespace LibraryPortal.Tests.Tables;

public sealed class CsvWriterTests
{
    [Fact]
    public async Task WriteRow_BeginsWithAByteOrderMarkAndEndsLinesWithCrLf()
    {
        var bytes = await WriteAsync([[TableCell.Text("No."), TableCell.Text("Title")], [TableCell.Number(7), TableCell.Text("Émile")]]);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("No.,Title\r\n7,Émile\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    [Fact]
    public async Task WriteRow_WithQuotesCommasAndLineBreaks_QuotesTheCell() =>
        Assert.Equal("\"a,b\",\"say \"\"x\"\"\",\"two\r\nlines\",\" edge \",plain\r\n", await TextAsync(
            [[TableCell.Text("a,b"), TableCell.Text("say \"x\""), TableCell.Text("two\r\nlines"), TableCell.Text(" edge "), TableCell.Text("plain")]]));

    [Fact]
    public async Task WriteRow_WithANegativeNumber_KeepsItANumber() =>
        Assert.Equal("-3,'-3\r\n", await TextAsync([[TableCell.Number(-3), TableCell.Text("-3")]]));

    [Fact]
    public async Task WriteRow_WithMoments_WritesThemInTheLibrarysTimeZone()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var moment = new DateTimeOffset(2026, 6, 30, 22, 30, 0, TimeSpan.Zero);

        Assert.Equal("2026-07-01 00:30,2026-07-01,\r\n", await TextAsync(
            [[TableCell.Moment(moment, berlin), TableCell.Day(moment, berlin), TableCell.Day(null, berlin)]]));
    }

    [Fact]
    public void WriteRow_WithAnyText_IsReadBackAsItWas()
    {
        // Halves of surrogate pairs are no text: no encoding can carry them.
        var texts = ArbMap.Default.GeneratorFor<string?>().Where(text => text is null || text.All(c => !char.IsSurrogate(c)));
        var awkward = Gen.Elements("", " ", "\"", "\"\"", ",", "\r", "\n", "\r\n", "=1", " =1", "'Salem's Lot", "a;b", "\t", "é", "\uFEFF", "😀", "\uFF1D1");
        var cells = Gen.OneOf(texts, awkward.Select(text => (string?)text), awkward.Two().Select(pair => (string?)(pair.Item1 + pair.Item2)));
        var rows = cells.ArrayOf(3).NonEmptyListOf();

        Prop.ForAll(Arb.From(rows), table =>
        {
            var written = WriteAsync(table.Select(row => row.Select(TableCell.Text).ToList())).GetAwaiter().GetResult();
            var read = Read(written);
            var expected = table.Select(row => row.Select(text => SpreadsheetSafety.Neutralise(text ?? "")));
            return expected.SelectMany(row => row).SequenceEqual(read.SelectMany(row => row), StringComparer.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    // Another hand's reader, so that a misreading of the standard is not made twice.
    static List<string[]> Read(byte[] bytes)
    {
        using var parser = new CsvParser(
            new StreamReader(new MemoryStream(bytes), Encoding.UTF8),
            new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ",", NewLine = "\r\n", IgnoreBlankLines = false, DetectDelimiter = false });
        var rows = new List<string[]>();
        while (parser.Read())
            rows.Add(parser.Record!);
        return rows;
    }

    static async Task<string> TextAsync(IEnumerable<IReadOnlyList<TableCell>> rows) => Encoding.UTF8.GetString((await WriteAsync(rows))[3..]);

    static async Task<byte[]> WriteAsync(IEnumerable<IReadOnlyList<TableCell>> rows)
    {
        using var stream = new MemoryStream();
        await using (var csv = new CsvWriter(stream))
        {
            foreach (var row in rows)
                await csv.WriteRowAsync(row, default);
        }

        return stream.ToArray();
    }
}
