using System.Globalization;
using System.Text;
using LibraryPortal.Domain.Catalog.Marc;

namespace LibraryPortal.Tests.Domain.Catalog.Marc;

/// <summary>Makes records and files of them by hand, byte by byte, so that the reader is tested against the format and not against itself.</summary>
static class MarcSamples
{
    public static MarcRecord Hobbit { get; } = new()
    {
        Leader = "00000nam a2200000 a 4500",
        ControlFields = [new("001", "ocm00012345"), new("008", "850315s1984    enka   j      000 1 eng d")],
        DataFields =
        [
            Field("020  $a0261102214 (pbk.)"),
            Field("1001 $aTolkien, J. R. R.$q(John Ronald Reuel),$d1892-1973."),
            Field("24514$aThe hobbit, or, There and back again /$cJ.R.R. Tolkien."),
            Field("260  $aLondon :$bUnwin Paperbacks,$cc1984."),
        ],
    };

    /// <summary>A field from one line: tag, both indicators, subfields marked by a dollar sign.</summary>
    public static MarcDataField Field(string line) => new(line[..3], line[3], line[4],
        [.. line[5..].Split('$', StringSplitOptions.RemoveEmptyEntries).Select(part => new MarcSubfield(part[0], part[1..]))]);

    public static MarcRecord Book(params string[] lines) => new()
    {
        ControlFields = [.. lines.Where(line => line.StartsWith("00", StringComparison.Ordinal)).Select(line => new MarcControlField(line[..3], line[3..]))],
        DataFields = [.. lines.Where(line => !line.StartsWith("00", StringComparison.Ordinal)).Select(Field)],
    };

    /// <summary>The record in ISO 2709.</summary>
    /// <param name="encode">From text to bytes; UTF-8 when left out.</param>
    public static byte[] Bytes(MarcRecord record, Func<string, byte[]>? encode = null)
    {
        encode ??= Encoding.UTF8.GetBytes;
        var directory = new StringBuilder();
        using var fields = new MemoryStream();
        foreach (var field in record.ControlFields)
            Add(field.Tag, [.. encode(field.Value), 0x1E]);
        foreach (var field in record.DataFields)
        {
            Add(field.Tag,
            [
                (byte)field.Indicator1, (byte)field.Indicator2,
                .. field.Subfields.SelectMany(subfield => new byte[] { 0x1F, (byte)subfield.Code }.Concat(encode(subfield.Value))), 0x1E,
            ]);
        }

        var address = 24 + directory.Length + 1;
        var length = address + (int)fields.Length + 1;
        var leader = string.Create(CultureInfo.InvariantCulture, $"{length:D5}{record.Leader[5..12]}{address:D5}{record.Leader[17..]}");
        return [.. Encoding.ASCII.GetBytes(leader), .. Encoding.ASCII.GetBytes(directory.ToString()), 0x1E, .. fields.ToArray(), 0x1D];

        void Add(string tag, byte[] body)
        {
            directory.Append(CultureInfo.InvariantCulture, $"{tag}{body.Length:D4}{fields.Length:D5}");
            fields.Write(body);
        }
    }

    /// <summary>The leader as it stands in a file, with length and address; of a record read from <see cref="Bytes"/>.</summary>
    public static MarcRecord WithoutMeasures(MarcRecord record) =>
        record with { Leader = $"00000{record.Leader[5..12]}00000{record.Leader[17..]}" };

    public static List<MarcReading> ReadIso(byte[] bytes) => [.. Iso2709Reader.ReadAsync(new MemoryStream(bytes)).ToBlockingEnumerable()];

    public static List<MarcReading> ReadXml(byte[] bytes) => [.. MarcXmlReader.ReadAsync(new MemoryStream(bytes)).ToBlockingEnumerable()];

    public static List<MarcReading> ReadXml(string xml) => ReadXml(Encoding.UTF8.GetBytes(xml));
}
