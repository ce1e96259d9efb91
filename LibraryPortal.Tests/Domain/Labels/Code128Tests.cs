using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Domain.Labels;

namespace LibraryPortal.Tests.Domain.Labels;

public sealed class Code128Tests
{
    static Gen<string> Texts { get; } =
        Gen.OneOf(Gen.Choose(32, 126).Select(code => (char)code), Gen.Elements("0123456789".ToCharArray())).NonEmptyListOf()
            .Select(letters => new string([.. letters.Take(Code128.MaxLength)]));

    /// <summary>Start B, A, check (104 + 33 modulo 103 = 34) and stop, from table 1 of the standard.</summary>
    [Fact]
    public void Encode_OfOneLetter_GivesTheBarsOfTheStandard() =>
        Assert.Equal("11010010000" + "10100011000" + "10001011000" + "1100011101011", Bars("A"));

    /// <summary>The common example of the check symbol: 104 + 48·1 + 42·2 + 42·3 + 17·4 + 18·5 + 19·6 + 35·7 = 879, which leaves 55.</summary>
    [Fact]
    public void Encode_AddsTheCheckSymbol() => Assert.Equal("11101000110", Bars("PJJ123C")[88..99]);

    [Theory]
    [InlineData("1234", new[] { 105, 12, 34 })]
    [InlineData("12", new[] { 105, 12 })]
    [InlineData("1", new[] { 104, 17 })]
    [InlineData("AB", new[] { 104, 33, 34 })]
    [InlineData("A123456", new[] { 104, 33, 99, 12, 34, 56 })]
    [InlineData("123456A", new[] { 105, 12, 34, 56, 100, 33 })]
    [InlineData("A12B", new[] { 104, 33, 17, 18, 34 })]
    [InlineData("00012345", new[] { 105, 0, 1, 23, 45 })]
    public void Values_SwitchSetsWhereThatIsShorter(string text, int[] expected) => Assert.Equal(expected, Code128.Values(text));

    [Fact]
    public void Values_OfAnyText_SayTheTextInAsFewSymbolsAsPossible() => Prop.ForAll(Texts.Select(text => text[..Math.Min(text.Length, 12)]).ToArbitrary(), text =>
    {
        var values = Code128.Values(text);
        return Text(values) == text && values.Count == 1 + Math.Min(Fewest(text, isC: false), Fewest(text, isC: true));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Encode_OfAnyText_IsMadeOfWholeSymbols() => Prop.ForAll(Texts.ToArbitrary(), text =>
    {
        var bars = Bars(text);
        var symbols = bars[..^13].Chunk(11).Select(chunk => new string(chunk)).ToList();
        return bars.Length % 11 == 2 && bars.EndsWith("1100011101011", StringComparison.Ordinal)
            && symbols.TrueForAll(symbol => symbol[0] == '1' && symbol[^1] == '0' && symbol.Count(module => module == '1') % 2 == 0 && Runs(symbol) == 6);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Encode_OfDifferentSymbols_GivesDifferentBars()
    {
        var symbols = Enumerable.Range(32, 95).Select(code => Bars(((char)code).ToString())[11..22])
            .Concat(Enumerable.Range(0, 100).Select(pair => Bars(pair.ToString("D2", null))[11..22])).Distinct();
        // Both sets draw on the same 100 symbols; 95 of them also stand for a letter.
        Assert.Equal(100, symbols.Count());
    }

    [Theory]
    [InlineData("", "A bar code holds 1 to 80 characters; this text has 0.")]
    [InlineData("naïve", "A bar code holds letters, digits and signs of plain English only; “ï” is none.")]
    public void Encode_OfWhatCannotBeABarCode_IsRefused(string text, string message) => Assert.Equal(message, Code128.Encode(text).Refusal!.Message);

    [Fact]
    public void Encode_OfTooLongAText_IsRefused() => Assert.Equal("barcode-length", Code128.Encode(new string('1', 81)).Refusal!.Rule);

    static string Bars(string text) => string.Concat(Code128.Encode(text).Value!.Modules.Select(isDark => isDark ? '1' : '0'));

    static int Runs(string symbol) => 1 + symbol.Zip(symbol.Skip(1)).Count(pair => pair.First != pair.Second);

    // Every way there is, tried out.
    static int Fewest(string text, bool isC, bool hasSwitched = false)
    {
        if (text.Length == 0)
            return 0;
        var stay = !isC ? 1 + Fewest(text[1..], isC)
            : text.Length > 1 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]) ? 1 + Fewest(text[2..], isC)
            : 1000;
        return hasSwitched ? stay : Math.Min(stay, 1 + Fewest(text, !isC, hasSwitched: true));
    }

    static string Text(IReadOnlyList<int> values)
    {
        var isC = values[0] == 105;
        var text = "";
        foreach (var value in values.Skip(1))
        {
            if (isC ? value == 100 : value == 99)
                isC = !isC;
            else
                text += isC ? value.ToString("D2", null) : (char)(value + 32);
        }

        return text;
    }
}
