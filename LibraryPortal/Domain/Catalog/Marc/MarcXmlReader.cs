using System.Globalization;
using System.Runtime.CompilerServices;
using System.Xml;

namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>
/// Reads the records of a MARCXML file one at a time, wherever they stand in it, in constant memory. No document type, no entities from
/// elsewhere, a limit per record. XML that is not well-formed cannot be read on: it is reported and ends the file.
/// </summary>
internal static class MarcXmlReader
{
    /// <summary>Every record up to the end of the file or to the place where it is broken. Throws only what the stream itself throws.</summary>
    public static async IAsyncEnumerable<MarcReading> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var budget = new MarcXmlBudget(stream, MarcXml.MaxRecordBytes);
        using var xml = XmlReader.Create(budget, new XmlReaderSettings
        {
            Async = true,
            CloseInput = false,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersFromEntities = 1024 * 1024,
        });
        for (var number = 1L; ; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            budget.Renew();
            if (await NextAsync(xml, number) is not { } reading)
                yield break;
            yield return reading;
            if (reading.Problems is [.., { Kind: MarcProblemKind.Xml }])
                yield break;
        }
    }

    static async Task<MarcReading?> NextAsync(XmlReader xml, long number)
    {
        var place = Place(xml, number);
        try
        {
            while (!IsRecord(xml))
            {
                if (!await xml.ReadAsync())
                    return null;
            }

            place = Place(xml, number);
            var record = new MarcXmlRecord();
            await record.ReadAsync(xml);
            return record.Finish(place);
        }
        catch (XmlException e)
        {
            return Broken(place, $"The XML is broken at line {e.LineNumber.ToString("N0", CultureInfo.InvariantCulture)}: {e.Message} Nothing after it was read.");
        }
        catch (InvalidDataException)
        {
            return Broken(place, $"The record takes more than {MarcXml.MaxRecordBytes / 1024 / 1024} MB. Nothing after it was read.");
        }
    }

    static bool IsRecord(XmlReader xml) =>
        xml is { NodeType: XmlNodeType.Element, LocalName: "record", NamespaceURI: MarcXml.Namespace or "" };

    static MarcPlace Place(XmlReader xml, long number) => new(number, Math.Max(1, ((IXmlLineInfo)xml).LineNumber), MarcFormat.Xml);

    static MarcReading Broken(MarcPlace place, string message) => new(place, null, [new MarcProblem(MarcProblemKind.Xml, message)]);
}
