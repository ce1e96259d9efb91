using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Tests.Domain.Catalog;

public sealed class IsbnTests
{
    [Theory]
    [InlineData("0439023483", "9780439023481")]
    [InlineData("0-8044-2957-X", "9780804429573")]
    [InlineData("080442957x", "9780804429573")]
    [InlineData("978-0-439-02348-1", "9780439023481")]
    [InlineData("ISBN 9780439023481", "9780439023481")]
    [InlineData("ISBN-10: 0439023483", "9780439023481")]
    [InlineData("ISBN-13 978‐0‐439‐02348‐1", "9780439023481")]
    [InlineData(" 979-10-90636-07-1 ", "9791090636071")]
    public void Parse_AValidIsbn_GivesItsThirteenDigits(string text, string thirteen)
    {
        Assert.True(Isbn.TryParse(text, out var isbn));
        Assert.Equal(thirteen, isbn.Thirteen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0439023484")]
    [InlineData("9780439023482")]
    [InlineData("1230439023481")]
    [InlineData("439023483")]
    [InlineData("9.78043902348e+12")]
    [InlineData("04390X3483")]
    [InlineData("٠٤٣٩٠٢٣٤٨٣")]
    [InlineData("a book by Isbn")]
    public void Parse_AnythingElse_IsNone(string? text) => Assert.False(Isbn.TryParse(text, out _));

    [Theory]
    [InlineData("9780804429573", "080442957X")]
    [InlineData("9791090636071", null)]
    public void Ten_ExistsForThePrefix978Only(string thirteen, string? ten)
    {
        Assert.True(Isbn.TryParse(thirteen, out var isbn));
        Assert.Equal(ten, isbn.Ten);
    }

    [Theory]
    [InlineData("439023483", "0439023483")]
    [InlineData("7203116", null)]
    [InlineData("7284977", "0007284977")]
    [InlineData("123", null)]
    public void Padding_BringsBackLeadingZerosWhereTheCheckDigitAgrees(string text, string? ten)
    {
        Assert.Equal(ten is not null, Isbn.TryParsePadded(text, out var isbn));
        if (ten is not null)
            Assert.Equal(ten, isbn.Ten);
    }
}
