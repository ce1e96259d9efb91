using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Domain.Catalog.Marc;

namespace LibraryPortal.Tests.Domain.Catalog.Marc;

public sealed class MarcXmlTests
{
    const string Record = """
        <record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">42</controlfield>
        <datafield tag="245" ind1="1" ind2="0"><subfield code="a">Wind, sand &amp; stars</subfield><subfield code="b"><![CDATA[<memoir>]]></subfield></datafield></record>
        """;

    [Fact]
    public void Read_WhenRecordIsSound_GivesIt()
    {
        var reading = Assert.Single(MarcSamples.ReadXml($"<collection>{Record}</collection>"));
        Assert.Empty(reading.Problems);
        Assert.Equal("=LDR  00000nam a2200000 a 4500\n=001  42\n=245  10$aWind, sand & stars$b<memoir>", reading.Record!.ToString());
    }

    [Fact]
    public void Read_WhenRecordsAreWrapped_FindsThem()
    {
        var readings = MarcSamples.ReadXml($"""<z:searchRetrieveResponse xmlns:z="http://www.loc.gov/zing/srw/"><z:record><z:recordData>{Record}</z:recordData></z:record><x/>{Record}</z:searchRetrieveResponse>""");
        Assert.Equal(2, readings.Count(reading => reading.Record is not null));
    }

    [Fact]
    public void Read_WhenFileIsUtf16_ReadsIt()
    {
        byte[] file = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Record)];
        Assert.Equal(MarcFormat.Xml, MarcFile.Detect(file));
        Assert.NotNull(Assert.Single(MarcSamples.ReadXml(file)).Record);
    }

    [Theory]
    [InlineData("""<datafield tag="24" ind1="1" ind2="0"><subfield code="a">x</subfield></datafield>""", "A field without a tag of three characters is left out.")]
    [InlineData("""<datafield ind1="1" ind2="0"><subfield code="a">x</subfield></datafield>""", "A field without a tag of three characters is left out.")]
    [InlineData("""<datafield tag="500" ind1="10" ind2="0"><subfield code="a">x</subfield></datafield>""", "Field 500 cannot be read and is left out.")]
    [InlineData("""<datafield tag="500"><subfield>x</subfield></datafield>""", "Field 500 cannot be read and is left out.")]
    [InlineData("""<controlfield tag="500">x</controlfield>""", "Field 500 cannot be read and is left out.")]
    [InlineData("<leader>short</leader>", "The leader is not 24 plain characters; that of a book is assumed.")]
    public void Read_WhenOnePartIsUnreadable_KeepsTheRest(string part, string problem)
    {
        var readings = MarcSamples.ReadXml($"""<collection><record>{part}<datafield tag="245"><subfield code="a">Kept</subfield></datafield></record>{Record}</collection>""");
        Assert.Equal(2, readings.Count);
        Assert.Equal("Kept", readings[0].Record!.DataFields.Single().First('a'));
        Assert.Equal(problem, Assert.Single(readings[0].Problems).Message);
    }

    [Theory]
    [InlineData("<record/>")]
    [InlineData("<record><other><datafield tag='245'/></other></record>")]
    public void Read_WhenRecordIsEmpty_SkipsAndGoesOn(string empty)
    {
        var readings = MarcSamples.ReadXml($"<collection>{empty}{Record}</collection>");
        Assert.Equal("The record has no fields.", readings[0].Problems[^1].Message);
        Assert.NotNull(readings[1].Record);
    }

    [Fact]
    public void Read_WhenXmlBreaks_KeepsWhatCameBeforeAndSaysWhere()
    {
        var readings = MarcSamples.ReadXml($"<collection>\n{Record}\n<record><leader>x</lead");
        Assert.Equal(2, readings.Count);
        Assert.NotNull(readings[0].Record);
        Assert.Equal("Record 2, line 4", readings[1].Place.ToString());
        Assert.StartsWith("The XML is broken at line 4: ", Assert.Single(readings[1].Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE c [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><collection><record><leader>&e;</leader></record></collection>")]
    [InlineData("<!DOCTYPE c [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;'>]><collection><record><leader>&b;</leader></record></collection>")]
    [InlineData("")]
    [InlineData("not xml")]
    public void Read_WhenFileIsHostileOrNone_Refuses(string xml)
    {
        var reading = Assert.Single(MarcSamples.ReadXml(xml));
        Assert.Null(reading.Record);
        Assert.Equal(MarcProblemKind.Xml, Assert.Single(reading.Problems).Kind);
    }

    [Fact]
    public async Task Write_OfNothing_IsAnEmptyCollection()
    {
        using var memory = new MemoryStream();
        await new MarcXmlWriter(memory).DisposeAsync();
        Assert.True(memory.CanWrite);
        Assert.Contains("<collection xmlns=\"http://www.loc.gov/MARC21/slim\" />", Encoding.UTF8.GetString(memory.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfCharactersXmlCannotHold_DropsThem()
    {
        var file = Write([MarcSamples.Book("245  $aA\u0001B\uFFFE\U0001F4DA\uD800C")]);
        Assert.Equal("AB\U0001F4DA\uFFFDC", MarcSamples.ReadXml(file).Single().Record!.DataFields[0].First('a'));
    }

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheSameRecords() =>
        Prop.ForAll(MarcGenerators.Records.ToArbitrary(), records =>
        {
            var readings = MarcSamples.ReadXml(Write(records));
            return readings.All(reading => reading.Problems.Count == 0)
                && readings.Select(reading => reading.Record!.ToString()).SequenceEqual(records.Select(record => record.ToString()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_WhenFileIsDamagedAtRandom_EndsAndExplains() =>
        Prop.ForAll(MarcGenerators.Damage.ToArbitrary(), MarcGenerators.Records.ToArbitrary(), (damage, records) =>
            MarcSamples.ReadXml(damage(Write(records))).All(reading => reading.Record is not null || reading.Problems.Count > 0))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Theory]
    [InlineData("<?xml version='1.0'?>", "Xml")]
    [InlineData("\uFEFF \n<collection>", "Xml")]
    [InlineData("00714cam a2200205 a 4500", "Iso2709")]
    [InlineData("title,author", null)]
    [InlineData("", null)]
    [InlineData("%PDF-1.7", null)]
    public void Detect_TellsTheFormatByItsFirstBytes(string head, string? format) =>
        Assert.Equal(format, MarcFile.Detect(Encoding.UTF8.GetBytes(head))?.ToString());

    static byte[] Write(IEnumerable<MarcRecord> records)
    {
        using var memory = new MemoryStream();
        WriteAsync(memory, records).GetAwaiter().GetResult();
        return memory.ToArray();
    }

    static async Task WriteAsync(Stream stream, IEnumerable<MarcRecord> records)
    {
        await using var writer = new MarcXmlWriter(stream);
        foreach (var record in records)
            await writer.WriteAsync(record);
    }
}
