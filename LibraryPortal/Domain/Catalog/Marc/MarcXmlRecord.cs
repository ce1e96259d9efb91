using System.Text;
using System.Xml;

namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>Collects one <c>record</c> element. Elements it does not know are passed over; a field without a usable tag is left out and reported.</summary>
internal sealed class MarcXmlRecord
{
    readonly List<MarcControlField> _controls = [];
    readonly List<MarcDataField> _fields = [];
    readonly List<MarcProblem> _problems = [];
    string _leader = MarcRecord.BookLeader;

    /// <summary>Reads from the start of the record to its end.</summary>
    public async Task ReadAsync(XmlReader xml)
    {
        await ForEachChildAsync(xml, async name =>
        {
            switch (name)
            {
                case "leader":
                    ReadLeader(await TextAsync(xml));
                    break;
                case "controlfield":
                    await ReadControlFieldAsync(xml);
                    break;
                case "datafield":
                    await ReadDataFieldAsync(xml);
                    break;
                default:
                    await xml.SkipAsync();
                    break;
            }
        });
    }

    /// <summary>The record, or why it is none.</summary>
    public MarcReading Finish(MarcPlace place)
    {
        if (_controls.Count + _fields.Count > 0)
            return new MarcReading(place, new MarcRecord { Leader = _leader, ControlFields = _controls, DataFields = _fields }, _problems);
        return new MarcReading(place, null, [.. _problems, new MarcProblem(MarcProblemKind.NotARecord, "The record has no fields.")]);
    }

    void ReadLeader(string text)
    {
        if (text.Length == MarcRecord.LeaderLength && text.All(c => c is >= ' ' and <= '~'))
            _leader = text;
        else
            _problems.Add(new MarcProblem(MarcProblemKind.BadLeader, "The leader is not 24 plain characters; that of a book is assumed."));
    }

    async Task ReadControlFieldAsync(XmlReader xml)
    {
        var tag = xml.GetAttribute("tag");
        var value = await TextAsync(xml);
        if (IsTag(tag) && MarcControlField.IsControlTag(tag!))
            _controls.Add(new MarcControlField(tag!, value));
        else
            Drop(tag);
    }

    async Task ReadDataFieldAsync(XmlReader xml)
    {
        var (tag, first, second) = (xml.GetAttribute("tag"), Indicator(xml, "ind1"), Indicator(xml, "ind2"));
        List<MarcSubfield> subfields = [];
        await ForEachChildAsync(xml, async name =>
        {
            var code = xml.GetAttribute("code");
            if (name == "subfield" && code is [> ' ' and <= '~'])
                subfields.Add(new MarcSubfield(code[0], await TextAsync(xml)));
            else
                await xml.SkipAsync();
        });
        if (IsTag(tag) && !MarcControlField.IsControlTag(tag!) && first is { } one && second is { } two && subfields.Count > 0)
            _fields.Add(new MarcDataField(tag!, one, two, subfields));
        else
            Drop(tag);
    }

    void Drop(string? tag) => _problems.Add(new MarcProblem(MarcProblemKind.BadField,
        IsTag(tag) ? $"Field {tag} cannot be read and is left out." : "A field without a tag of three characters is left out."));

    static bool IsTag(string? tag) => tag is { Length: 3 } && tag.All(char.IsAsciiLetterOrDigit);

    static char? Indicator(XmlReader xml, string name) => xml.GetAttribute(name) switch
    {
        null or "" => ' ',
        [>= ' ' and <= '~' and var indicator] => indicator,
        _ => null,
    };

    /// <summary>Calls for each child element, which the callee must pass; ends behind the end of the element the reader stands on.</summary>
    static async Task ForEachChildAsync(XmlReader xml, Func<string, Task> onChild)
    {
        var isEmpty = xml.IsEmptyElement;
        await xml.ReadAsync();
        if (isEmpty)
            return;
        while (xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType == XmlNodeType.Element)
                await onChild(xml.NamespaceURI is MarcXml.Namespace or "" ? xml.LocalName : "");
            else if (!await xml.ReadAsync())
                return;
        }

        await xml.ReadAsync();
    }

    /// <summary>The text of the element, elements inside it passed over; ends behind it.</summary>
    static async Task<string> TextAsync(XmlReader xml)
    {
        var isEmpty = xml.IsEmptyElement;
        await xml.ReadAsync();
        if (isEmpty)
            return "";
        var text = new StringBuilder();
        while (xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                await xml.SkipAsync();
                continue;
            }

            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text.Append(await xml.GetValueAsync());
            if (!await xml.ReadAsync())
                break;
        }

        await xml.ReadAsync();
        return MarcText.Clean(text.ToString());
    }
}
