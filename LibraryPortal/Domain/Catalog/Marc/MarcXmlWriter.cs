using System.Text;
using System.Xml;

namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>Writes a MARCXML collection record by record; nothing is kept but the record being written. Disposing ends the collection, not the stream.</summary>
internal sealed class MarcXmlWriter : IAsyncDisposable
{
    readonly XmlWriter _xml;
    bool _hasBegun;

    public MarcXmlWriter(Stream stream) => _xml = XmlWriter.Create(stream, new XmlWriterSettings
    {
        Async = true,
        Indent = true,
        CloseOutput = false,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    });

    public async Task WriteAsync(MarcRecord record)
    {
        await BeginAsync();
        await _xml.WriteStartElementAsync(null, "record", MarcXml.Namespace);
        await _xml.WriteElementStringAsync(null, "leader", MarcXml.Namespace, record.Leader);
        foreach (var field in record.ControlFields)
        {
            await _xml.WriteStartElementAsync(null, "controlfield", MarcXml.Namespace);
            await _xml.WriteAttributeStringAsync(null, "tag", null, field.Tag);
            await _xml.WriteStringAsync(Valid(field.Value));
            await _xml.WriteEndElementAsync();
        }

        foreach (var field in record.DataFields)
            await WriteAsync(field);
        await _xml.WriteEndElementAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await BeginAsync();
        await _xml.WriteEndDocumentAsync();
        await _xml.DisposeAsync();
    }

    async Task WriteAsync(MarcDataField field)
    {
        await _xml.WriteStartElementAsync(null, "datafield", MarcXml.Namespace);
        await _xml.WriteAttributeStringAsync(null, "tag", null, field.Tag);
        await _xml.WriteAttributeStringAsync(null, "ind1", null, field.Indicator1.ToString());
        await _xml.WriteAttributeStringAsync(null, "ind2", null, field.Indicator2.ToString());
        foreach (var subfield in field.Subfields)
        {
            await _xml.WriteStartElementAsync(null, "subfield", MarcXml.Namespace);
            await _xml.WriteAttributeStringAsync(null, "code", null, subfield.Code.ToString());
            await _xml.WriteStringAsync(Valid(subfield.Value));
            await _xml.WriteEndElementAsync();
        }

        await _xml.WriteEndElementAsync();
    }

    async Task BeginAsync()
    {
        if (_hasBegun)
            return;
        _hasBegun = true;
        await _xml.WriteStartDocumentAsync();
        await _xml.WriteStartElementAsync(null, "collection", MarcXml.Namespace);
    }

    // XML has no way to write some characters that text may hold; a name is not worth a failed export.
    static string Valid(string text) => text.All(c => XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c))
        ? text
        : string.Concat(text.EnumerateRunes().Where(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)).Select(rune => rune.ToString()));
}
