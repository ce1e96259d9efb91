using LibraryPortal.Domain.Scans;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Domain.Scans;

public sealed class ScanTests
{
    [Theory]
    [InlineData("C000042")]
    [InlineData("  C000042 ")]
    [InlineData("C000042\r\n")]
    [InlineData("\u0002C000042\u0003")]
    [InlineData("]C0C000042")]
    [InlineData("]C1C000042")]
    [InlineData("*C000042*")]
    [InlineData("]A0*C000042*")]
    public void Of_WhatAScannerPutsAroundACode_IsTakenAway(string raw)
    {
        var scan = TestLibrary.Allowed(Scan.Of(raw));
        Assert.Equal("C000042", scan.Text);
        Assert.True(scan.MayBeCode);
    }

    [Theory]
    [InlineData("9780141439556")]
    [InlineData("978-0-14-143955-6")]
    [InlineData("]E09780141439556")]
    [InlineData("0141439556")]
    public void Isbn_OnACover_IsKnown(string raw) => Assert.Equal("9780141439556", TestLibrary.Allowed(Scan.Of(raw)).Isbn?.Thirteen);

    [Theory]
    [InlineData("9780141439557")]
    [InlineData("C000042")]
    [InlineData("Emma")]
    public void Isbn_OfAnythingElse_IsNone(string raw) => Assert.Null(TestLibrary.Allowed(Scan.Of(raw)).Isbn);

    [Theory]
    [InlineData("Ada  Lovelace", true, false)]
    [InlineData("ada@example.org", true, true)]
    [InlineData("Ng", true, true)]
    [InlineData("A", false, true)]
    [InlineData("1000000017", false, true)]
    public void Names_AndCodes(string raw, bool mayBeName, bool mayBeCode)
    {
        var scan = TestLibrary.Allowed(Scan.Of(raw));
        Assert.Equal((mayBeName, mayBeCode), (scan.MayBeName, scan.MayBeCode));
        Assert.DoesNotContain("  ", scan.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n\u00A0")]
    public void Of_Nothing_IsRefused(string? raw) => TestLibrary.Refused(Scan.Of(raw), "scan-empty");

    [Fact]
    public void Of_AWholePage_IsRefused_WithItsLength()
    {
        var refusal = TestLibrary.Refused(Scan.Of(new string('x', 1200)), "scan-too-long");
        Assert.Contains("1,200 characters", refusal.Message, StringComparison.Ordinal);
    }
}
