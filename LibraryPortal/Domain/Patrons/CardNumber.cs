using System.Globalization;

namespace LibraryPortal.Domain.Patrons;

/// <summary>The number on a patron's card: a 2, nine digits of a series, and a check digit (Luhn, ISO/IEC 7812-1), so that one mistyped digit is noticed.</summary>
public static class CardNumber
{
    /// <summary>Digits of a card number.</summary>
    public const int Length = 11;

    /// <summary>The longest number of a card that was made elsewhere, in characters.</summary>
    public const int MaxLength = 40;

    const char Patron = '2';

    /// <summary>The card number at this place of the series: 1 gives 20000000016.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1 or above 999,999,999.</exception>
    public static string Of(long series)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(series, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(series, 999_999_999);
        var body = string.Create(CultureInfo.InvariantCulture, $"{Patron}{series:D9}");
        return body + CheckDigit(body);
    }

    /// <summary>True for a number of the library's own series with the right check digit.</summary>
    public static bool IsValid(string number) =>
        number.Length == Length && number[0] == Patron && !number.AsSpan().ContainsAnyExceptInRange('0', '9') && CheckDigit(number.AsSpan(0, Length - 1)) == number[^1];

    static char CheckDigit(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var digit = body[body.Length - 1 - i] - '0';
            var counted = i % 2 == 0 ? digit * 2 : digit;
            sum += counted > 9 ? counted - 9 : counted;
        }

        return (char)('0' + (10 - sum % 10) % 10);
    }
}
