using LibraryPortal.Tables;

namespace LibraryPortal.Tests.Tables;

public sealed class SpreadsheetSafetyTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+49 30 1234")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\rx")]
    [InlineData("\nx")]
    [InlineData("\0x")]
    [InlineData("  =1")]
    [InlineData("\u00A0=1")]
    [InlineData("\u3000=1")]
    [InlineData("\u200B\u200D\uFEFF=1")]
    [InlineData("\u202E=1")]
    [InlineData("\u00AD@x")]
    [InlineData("\u3164=1")]
    [InlineData("\u2800=1")]
    [InlineData("\uFE0F=1")]
    [InlineData("\uDB40\uDC01=1")]
    [InlineData("\u001F=1")]
    [InlineData("\u2028=1")]
    [InlineData("\uFF1D1+1")]
    [InlineData("\uFF0B1")]
    [InlineData("\uFF0D1")]
    [InlineData("\uFF20SUM")]
    [InlineData(" \u200B\uFF1D1")]
    [InlineData("=")]
    [InlineData(" \t")]
    public void Neutralise_WithAFormulaInDisguise_PutsAnApostropheBefore(string text) =>
        Assert.Equal("'" + text, SpreadsheetSafety.Neutralise(text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u200B")]
    [InlineData("'Salem's Lot")]
    [InlineData("'=1+1")]
    [InlineData("# the name")]
    [InlineData("1984")]
    [InlineData("Catch-22 = a classic + more @ home")]
    [InlineData("\u0627\u0644\u0641 \u0644\u064A\u0644\u0629")]
    [InlineData("\u201C=quoted\u201D")]
    [InlineData("a\t=1")]
    public void Neutralise_WithOrdinaryText_LeavesItAsItIs(string text) =>
        Assert.Equal(text, SpreadsheetSafety.Neutralise(text));
}
