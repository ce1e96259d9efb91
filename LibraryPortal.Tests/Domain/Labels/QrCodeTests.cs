using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Domain.Labels;

namespace LibraryPortal.Tests.Domain.Labels;

public sealed class QrCodeTests
{
    static Gen<string> Texts { get; } =
        from pieces in Gen.Elements("https://library.example/c/", "C-000123", "é", "本", "\U0001F4DA", "0", "x", " ").NonEmptyListOf()
        let text = string.Concat(pieces)
        select text.Length > 60 ? string.Concat(text.EnumerateRunes().Take(60).Select(rune => rune.ToString())) : text;

    /// <summary>The worked example known from many tutorials: HELLO WORLD in 1-M, 16 data codewords and their ten of correction.</summary>
    [Fact]
    public void Remainder_OfTheKnownExample_IsAsPublished() => Assert.Equal(
        [196, 35, 39, 119, 235, 215, 231, 226, 93, 23],
        ReedSolomon.Remainder([32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17], 10));

    /// <summary>Annex I of the standard: 01234567 in 1-M.</summary>
    [Fact]
    public void Remainder_OfTheStandardsExample_IsAsPublished() => Assert.Equal(
        [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55],
        ReedSolomon.Remainder([0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11], 10));

    [Theory]
    [InlineData(0, 0b101010000010010)]
    [InlineData(1, 0b101000100100101)]
    [InlineData(2, 0b101111001111100)]
    [InlineData(3, 0b101101101001011)]
    [InlineData(4, 0b100010111111001)]
    [InlineData(5, 0b100000011001110)]
    [InlineData(6, 0b100111110010111)]
    [InlineData(7, 0b100101010100000)]
    public void Format_OfEachMask_IsAsPublished(int mask, int expected) => Assert.Equal(expected, QrFormat.Bits(mask));

    [Theory]
    [InlineData(7, 0b000111110010010100)]
    [InlineData(8, 0b001000010110111100)]
    [InlineData(9, 0b001001101010011001)]
    [InlineData(10, 0b001010010011010011)]
    public void Version_OfLargeCodes_IsAsPublished(int version, int expected) => Assert.Equal(expected, QrFormat.VersionBits(version));

    [Fact]
    public void Data_OfAShortText_IsPaddedInTurns() => Assert.Equal(
        // Mode 4, length 2, 0x41, 0x42, end mark, then padding to 16 codewords.
        [0x40, 0x24, 0x14, 0x20, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11],
        QrData.Data("AB", QrVersion.All[0]));

    /// <summary>Capacities of byte mode at level M (table 7).</summary>
    [Theory]
    [InlineData(14, 1)]
    [InlineData(15, 2)]
    [InlineData(26, 2)]
    [InlineData(42, 3)]
    [InlineData(62, 4)]
    [InlineData(84, 5)]
    [InlineData(106, 6)]
    [InlineData(122, 7)]
    [InlineData(152, 8)]
    [InlineData(180, 9)]
    [InlineData(213, 10)]
    public void Encode_TakesTheSmallestVersionThatHolds(int length, int version)
    {
        var text = new string('x', length);
        var code = QrCode.Encode(text).Value!;
        Assert.Equal(17 + 4 * version, code.Size);
        Assert.Equal(text, QrReader.Read(code));
    }

    [Fact]
    public void Encode_OfAnyText_CanBeReadBack() =>
        Prop.ForAll(Texts.ToArbitrary(), text => QrReader.Read(QrCode.Encode(text).Value!) == text).QuickCheckThrowOnFailure();

    [Fact]
    public void Encode_ChoosesTheMaskThatReadsBest()
    {
        var text = "https://library.example/c/C-000123";
        var version = QrData.Version(text)!;
        var symbol = new QrSymbol(version);
        symbol.Lay(QrData.Codewords(text, version));
        var penalties = Enumerable.Range(0, 8).Select(mask => QrMask.Penalty(symbol.Masked(mask))).ToList();
        Assert.True(penalties.Distinct().Count() > 1);
        Assert.Equal(penalties.IndexOf(penalties.Min()), QrReader.Mask(QrCode.Encode(text).Value!));
    }

    /// <summary>All light, 5 by 5: each of ten lines 3, sixteen squares of 3, and 100 for no dark module at all.</summary>
    [Fact]
    public void Penalty_OfAPlainField_CountsRunsSquaresAndBalance() => Assert.Equal(10 * 3 + 16 * 3 + 100, QrMask.Penalty(new bool[5, 5]));

    [Fact]
    public void Penalty_OfAFinderInALine_IsForty()
    {
        var (with, without) = (Lines("10111010000"), Lines("10111011000"));
        Assert.Equal(40 * 11, QrMask.Penalty(with) - QrMask.Penalty(without) - Difference(with, without));

        // Eleven equal lines: only what is not looked for here differs besides, and is worked out by hand from runs, squares and balance.
        static int Difference(bool[,] one, bool[,] two) => Rest(one) - Rest(two);
        static int Rest(bool[,] dark)
        {
            var (size, count, squares) = (11, 0, 0);
            for (var column = 0; column < size; column++)
            {
                count += dark[0, column] ? size : 0;
                squares += column > 0 && dark[0, column] == dark[0, column - 1] ? size - 1 : 0;
            }

            // Every column is one run of eleven: 3 and six more.
            return size * 9 + squares * 3 + Math.Abs(count * 20 - 1210) / 121 * 10;
        }

        static bool[,] Lines(string line)
        {
            var dark = new bool[11, 11];
            for (var row = 0; row < 11; row++)
            {
                for (var column = 0; column < 11; column++)
                    dark[row, column] = line[column] == '1';
            }

            return dark;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Encode_OfNothingOrTooMuch_IsRefused(string? text) =>
        Assert.Equal("A QR code holds 1 to 213 bytes of text.", QrCode.Encode(text ?? new string('x', 214)).Refusal!.Message);
}
