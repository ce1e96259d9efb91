using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Domain.Catalog.Marc;

namespace LibraryPortal.Tests.Domain.Catalog.Marc;

public sealed class Marc8Tests
{
    /// <summary>Code tables of the MARC 21 Specifications, part 5, and words as they stand in older records.</summary>
    [Theory]
    [InlineData("\xE2" + "etude", "étude")]
    [InlineData("M\xE8" + "unchen", "München")]
    [InlineData("\xF0" + "ca va", "ça va")]
    [InlineData("\xE9Skoda", "Škoda")]
    [InlineData("\xA1\xE2" + "od\xE2z", "Łódź")]
    [InlineData("\xB1 \xB2 \xB3 \xB4 \xB5 \xB6 \xB8 \xB9 \xBA", "ł ø đ þ æ œ ı £ ð")]
    [InlineData("\xA1 \xA2 \xA3 \xA4 \xA5 \xA6 \xA7 \xA8 \xA9 \xAA \xAB \xAC \xAD \xAE", "Ł Ø Đ Þ Æ Œ ʹ · ♭ ® ± Ơ Ư ʼ")]
    [InlineData("\xB0 \xB7 \xBC \xBD \xC0 \xC1 \xC2 \xC3 \xC4 \xC5 \xC6 \xC7 \xC8", "ʻ ʺ ơ ư ° ℓ ℗ © ♯ ¿ ¡ ß €")]
    [InlineData("\xE0" + "a\xE1" + "a\xE3" + "a\xE4" + "n\xE5" + "o\xE6" + "a\xE7" + "z\xEA" + "u\xEE" + "o", "ảàâñōăżůő")]
    [InlineData("\xF1" + "e\xF2" + "a\xF4" + "a\xF7" + "s", "ęạḁș")]
    [InlineData("\xEB" + "t\xEC" + "s", "t\u0361s")]
    [InlineData("\xFA" + "n\xFB" + "g", "n\u0360g")]
    [InlineData("\x88The \x89hobbit", "The hobbit")]
    [InlineData("a\x8D" + "b\x8E" + "c", "a\u200Db\u200Cc")]
    public void Decode_OfLatin_GivesUnicode(string bytes, string expected) => AssertDecodes(bytes, expected);

    /// <summary>Two marks: written from top to bottom, but nearest first in Unicode; both orders are met in files.</summary>
    [Theory]
    [InlineData("\xE3\xF2" + "a", "ậ")]
    [InlineData("\xF2\xE3" + "a", "ậ")]
    [InlineData("\xE2\xE3" + "a", "ấ")]
    [InlineData("\xE3\xE2" + "a", "ấ")]
    [InlineData("\xE5\xE8" + "u", "ǖ")]
    [InlineData("\xE8\xE5" + "q", "q\u0304\u0308")]
    public void Decode_OfSeveralMarks_OrdersThemFromTheLetterOutwards(string bytes, string expected) => AssertDecodes(bytes, expected);

    [Theory]
    [InlineData("H\x1B" + "b2\x1BsO", "H₂O")]
    [InlineData("x\x1Bp2+n\x1Bs!", "x²⁺\uFFFD!", "superscripts")]
    [InlineData("\x1Bga\x1Bs-ray", "α-ray")]
    [InlineData("\x1B(!E!$\x1B(B!", "ŁÞ!")]
    [InlineData("\x1B)!E\xA1", "Ł")]
    [InlineData("\x1B)B\xC1", "A")]
    public void Decode_OfEscapes_SwitchesSets(string bytes, string expected, params string[] lost) => AssertDecodes(bytes, expected, lost);

    [Theory]
    [InlineData("a \x1B$1!0d!0e\x1B(B b", "a \uFFFD\uFFFD b", "East Asian", "East Asian")]
    [InlineData("a \x1B$1!0\x1B(B b", "a \uFFFD b", "East Asian")]
    [InlineData("\x1B(Npr\x1B(B.", "\uFFFD\uFFFD.", "Cyrillic", "Cyrillic")]
    [InlineData("\x1B)2\xE0 x", "\uFFFD x", "Hebrew")]
    [InlineData("\x1B(Zx", "\uFFFD", "an unknown character set")]
    [InlineData("a\xFF" + "b", "a\uFFFDb", "extended Latin")]
    [InlineData("a\x1B", "a", "a broken escape sequence")]
    [InlineData("a\x1B$", "a", "a broken escape sequence")]
    [InlineData("a\x1B?b", "a?b", "a broken escape sequence")]
    [InlineData("a\xE2", "a", "an accent without its letter")]
    public void Decode_OfWhatItCannotRead_ReplacesAndReports(string bytes, string expected, params string[] lost) => AssertDecodes(bytes, expected, lost);

    [Fact]
    public void Decode_OfAnyBytes_EndsWithNormalText() =>
        Prop.ForAll<byte[]>(bytes => Marc8.Decode(bytes, _ => { }).IsNormalized()).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Read_OfMarc8Record_ReportsLossesByField()
    {
        var record = new MarcRecord
        {
            Leader = "00000nam  2200000 a 4500",
            DataFields = [new("245", ' ', ' ', [new('a', "\x1B$1!0d!0e\x1B(B")]), MarcSamples.Field("500  $a\xE2" + "etude")],
        };
        var reading = Assert.Single(MarcSamples.ReadIso(MarcSamples.Bytes(record, Encoding.Latin1.GetBytes)));
        Assert.Equal("étude", reading.Record!.DataFields[1].First('a'));
        Assert.Equal("Field 245: 2 characters could not be read (East Asian); \uFFFD stands in its place.", Assert.Single(reading.Problems).Message);
    }

    static void AssertDecodes(string bytes, string expected, params string[] lost)
    {
        List<string> causes = [];
        Assert.Equal(expected, Marc8.Decode(Encoding.Latin1.GetBytes(bytes), causes.Add));
        Assert.Equal(lost, causes);
    }
}
