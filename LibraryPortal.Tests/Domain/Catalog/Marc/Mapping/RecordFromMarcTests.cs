using LibraryPortal.Domain.Catalog.Marc.Mapping;
using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Tests.Domain.Catalog.Marc.Mapping;

public sealed class RecordFromMarcTests
{
    [Fact]
    public void Map_OfFullRecord_ReadsEveryField()
    {
        var mapped = RecordFromMarc.Map(MarcSamples.Book(
            "001 ocm42 ",
            "008850315r19841937enka   j      000 1 eng d",
            "020  $a0261102214 (pbk.) :$c£2.50",
            "020  $z0000000000",
            "0411 $aeng$hger",
            "1001 $aTolkien, J. R. R.$q(John Ronald Reuel),$d1892-1973,$eauthor.",
            "24514$aThe hobbit, or, There and back again /$cJ.R.R. Tolkien.",
            "250  $a4th ed., reset.",
            "260  $aLondon ;$aBoston :$bUnwin Paperbacks,$cc1984.",
            "300  $a285 p. :$bill. ;$c18 cm.",
            "4901 $aMiddle-earth classics ;$vv. 1",
            "520  $aBilbo leaves home.$bA dragon is involved.",
            "650 0$aFantasy fiction, English.",
            "650 0$aDragons$zEngland$vFiction.",
            "650 0$aFantasy fiction, English.",
            "7001 $aBaynes, Pauline,$eill.",
            "7001 $aTolkien, Christopher.$tHistory.",
            "85642$3Cover image$uhttps://example.org/cover.jpg")).Record!;

        Assert.Equal("ocm42", mapped.ControlNumber);
        Assert.Equal("The hobbit, or, There and back again", mapped.Title);
        Assert.Null(mapped.Subtitle);
        Assert.Equal([
            new("J. R. R. Tolkien", "Tolkien, J. R. R. (John Ronald Reuel), 1892-1973", "author"),
            new("Pauline Baynes", "Baynes, Pauline", "ill.")], mapped.Names);
        Assert.Equal("9780261102217", Assert.Single(mapped.Isbns).Thirteen);
        Assert.Equal(["en"], mapped.Languages);
        Assert.Equal("4th ed., reset", mapped.Edition);
        Assert.Equal(("Unwin Paperbacks", "London", 1984, 1937), (mapped.Publisher, mapped.PublicationPlace, mapped.Year, mapped.OriginalYear));
        Assert.Equal("285 p.", mapped.Extent);
        Assert.Equal("Middle-earth classics, #1", Assert.Single(mapped.Series).ToString());
        Assert.Equal("Bilbo leaves home. A dragon is involved.", mapped.Summary);
        Assert.Equal(["Fantasy fiction, English", "Dragons -- England -- Fiction"], mapped.Subjects);
        Assert.Equal(new BibliographicLink(new Uri("https://example.org/cover.jpg"), "Cover image"), Assert.Single(mapped.Links));
    }

    [Fact]
    public void Map_WhenVernacularIsLinked_FindsItByNumber()
    {
        var mapped = RecordFromMarc.Map(MarcSamples.Book(
            "1001 $6880-01$aMurasaki Shikibu,$db. 978?",
            "24510$6880-02$aGenji monogatari :$bsōsho /$cMurasaki Shikibu.",
            "8801 $6100-01/$1$a紫式部,$db. 978?",
            "88010$6245-99/$1$a別の本",
            "88010$6245-02/$1$a源氏物語 :$b叢書 /$c紫式部.")).Record!;
        Assert.Equal("源氏物語 : 叢書", mapped.VernacularTitle);
        Assert.Equal("紫式部", mapped.VernacularAuthor);
        Assert.Equal(("Genji monogatari", "sōsho"), (mapped.Title, mapped.Subtitle));
    }

    [Fact]
    public void Map_WhenOnlyTheVernacularTitleExists_TakesIt() =>
        Assert.Equal("源氏物語", RecordFromMarc.Map(MarcSamples.Book("88010$6245-00/$1$a源氏物語.")).Record!.Title);

    [Theory]
    [InlineData("24500$aThe lord of the rings.$nPart 2,$pThe two towers /$cX.", "The lord of the rings", null, "Part 2, The two towers")]
    [InlineData("24500$aSelected letters :$b1920-1950 /$cX.", "Selected letters", "1920-1950", null)]
    [InlineData("24500$aWhat now? /$cX.", "What now?", null, null)]
    public void Map_OfTitle_SeparatesItsParts(string line, string title, string? subtitle, string? part)
    {
        var mapped = RecordFromMarc.Map(MarcSamples.Book(line)).Record!;
        Assert.Equal((title, subtitle, part), (mapped.Title, mapped.Subtitle, mapped.Part));
    }

    [Theory]
    [InlineData("1001 $aKing, Martin Luther,$cJr.,$d1929-1968.", "Martin Luther King, Jr.")]
    [InlineData("1000 $aJohn Paul$bII,$cPope,$d1920-2005.", "John Paul II")]
    [InlineData("1001 $aCarroll, Lewis,$d1832-1898.", "Lewis Carroll")]
    [InlineData("1000 $aHomer.", "Homer")]
    [InlineData("1101 $aUnited States.$bDepartment of State.", "United States. Department of State")]
    public void Map_OfName_PutsItAsPrinted(string line, string expected) =>
        Assert.Equal(expected, Assert.Single(RecordFromMarc.Map(MarcSamples.Book(line, "24500$aX")).Record!.Names).Name);

    [Fact]
    public void Map_WhenPublisherStandsIn264_TakesThePublication()
    {
        var mapped = RecordFromMarc.Map(MarcSamples.Book("24500$aX", "264 4$c©2001", "264 1$aBerlin :$bSuhrkamp,$c[2002]")).Record!;
        Assert.Equal(("Berlin", "Suhrkamp", 2002), (mapped.PublicationPlace, mapped.Publisher, mapped.Year));
    }

    [Fact]
    public void Map_WhenFieldsAreSilent_ReadsTheCodedField()
    {
        var mapped = RecordFromMarc.Map(MarcSamples.Book("008850315s1984    enka   j      000 1 fre d", "24500$aX")).Record!;
        Assert.Equal((1984, "fr"), (mapped.Year, Assert.Single(mapped.Languages)));
    }

    [Theory]
    [InlineData("245  $cNobody", "The record has no title (field 245).")]
    [InlineData("245  $a / ", "The record has no title (field 245).")]
    [InlineData("500  $aNote", "The record has no title (field 245).")]
    public void Map_WhenThereIsNoTitle_SaysSo(string line, string remark)
    {
        var mapped = RecordFromMarc.Map(MarcSamples.Book(line));
        Assert.Null(mapped.Record);
        Assert.Equal(remark, Assert.Single(mapped.Remarks));
    }

    [Theory]
    [InlineData("00000dam a2200000 a 4500", "The record is marked as deleted.")]
    [InlineData("00000nz  a2200000 a 4500", "The record does not describe a book: it is an authority, holdings, classification or community record.")]
    public void Map_WhenRecordIsOfAnotherKind_SaysSo(string leader, string remark)
    {
        var mapped = RecordFromMarc.Map(MarcSamples.Hobbit with { Leader = leader });
        Assert.Null(mapped.Record);
        Assert.Equal(remark, Assert.Single(mapped.Remarks));
    }

    [Fact]
    public void Map_WhenNumbersOrAddressesAreUnusable_RemarksOnThem()
    {
        var mapped = RecordFromMarc.Map(MarcSamples.Book("020  $a0261102215 (pbk.)", "24500$aX", "85640$ujavascript:alert(1)"));
        Assert.Empty(mapped.Record!.Links);
        Assert.Equal(["“0261102215 (pbk.)” is not a valid ISBN.", "“javascript:alert(1)” is not an address on the web."], mapped.Remarks);
    }
}
