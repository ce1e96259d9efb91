using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Domain.Catalog.Marc;

namespace LibraryPortal.Tests.Domain.Catalog.Marc;

/// <summary>Random records: any tags, indicators and codes the format allows, text of many scripts.</summary>
static class MarcGenerators
{
    static readonly string[] Pieces =
        ["The", "hobbit", " ", " / ", "é", "Łódź", "ấ", "東京", "كتاب", "\U0001F4DA", "<b>", "&amp;", "]]>", "\"", "'", "$a", "0", ".", "a\u030A", "\u2028", "—"];

    public static Gen<string> Text { get; } =
        Gen.Elements(Pieces).ListOf().Select(pieces => MarcText.Clean(string.Concat(pieces.Take(30))));

    static Gen<char> Indicator { get; } = Gen.Elements(" 0123456789a".ToCharArray());

    static Gen<MarcSubfield> Subfield { get; } =
        from code in Gen.Elements("abcdvxyz0123456789".ToCharArray())
        from value in Text
        select new MarcSubfield(code, value);

    static Gen<MarcDataField> DataField { get; } =
        from tag in Gen.Choose(10, 999)
        from first in Indicator
        from second in Indicator
        from subfields in Subfield.NonEmptyListOf()
        select new MarcDataField(tag.ToString("D3", null), first, second, subfields.Take(6).ToList());

    static Gen<MarcControlField> ControlField { get; } =
        from tag in Gen.Choose(1, 9)
        from value in Text
        select new MarcControlField($"00{tag}", value);

    public static Gen<MarcRecord> Record { get; } =
        from controls in ControlField.NonEmptyListOf()
        from fields in DataField.ListOf()
        select new MarcRecord { ControlFields = controls.Take(4).ToList(), DataFields = fields.Take(10).ToList() };

    public static Gen<List<MarcRecord>> Records { get; } = Record.ListOf().Select(records => records.Take(8).ToList());

    /// <summary>Bytes written over a file, bytes cut out of it and bytes put into it, at random places.</summary>
    public static Gen<Func<byte[], byte[]>> Damage { get; } =
        from hits in (
            from kind in Gen.Choose(0, 3)
            from at in Gen.Choose(0, 100_000)
            from count in Gen.Choose(1, 40)
            from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(0x1B, 0x1D, 0x1E, 0x1F, '0', '9', '<', '&'))
            select (kind, at, count, value)).NonEmptyListOf()
        select new Func<byte[], byte[]>(bytes =>
        {
            List<byte> file = [.. bytes];
            foreach (var (kind, place, count, value) in hits)
            {
                if (file.Count == 0)
                    break;
                var at = place % file.Count;
                if (kind == 0)
                    file[at] = (byte)value;
                else if (kind == 1)
                    file.RemoveRange(at, Math.Min(count, file.Count - at));
                else if (kind == 2)
                    file.InsertRange(at, Enumerable.Repeat((byte)value, count));
                else
                    file.RemoveRange(at, file.Count - at);
            }

            return [.. file];
        });
}
