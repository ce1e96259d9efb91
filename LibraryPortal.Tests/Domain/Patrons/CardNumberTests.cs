using LibraryPortal.Domain.Patrons;

namespace LibraryPortal.Tests.Domain.Patrons;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData(1, "20000000016")]
    [InlineData(123_456_789, "21234567895")]
    public void Of_APlaceInTheSeries_EndsInTheCheckDigit(long series, string card) => Assert.Equal(card, CardNumber.Of(series));

    [Fact]
    public void IsValid_NoticesEveryMistypedDigit()
    {
        var card = CardNumber.Of(4_711);
        Assert.True(CardNumber.IsValid(card));
        for (var place = 0; place < card.Length; place++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
                Assert.Equal(digit == card[place], CardNumber.IsValid(card[..place] + digit + card[(place + 1)..]));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2000000001")]
    [InlineData("C000042")]
    [InlineData("2000000001x")]
    public void IsValid_OfWhatIsNoCard_IsFalse(string text) => Assert.False(CardNumber.IsValid(text));
}
