using System.Globalization;

namespace LibraryPortal.Domain.Rules;

/// <summary>Numbers and nouns as they stand in a sentence.</summary>
static class Wording
{
    /// <summary><c>1 book</c>, <c>3 books</c>, <c>1,200 books</c>.</summary>
    public static string Count(int count, string noun, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : plural ?? noun + "s")}");

    /// <summary>The sentence with its full stop, however it was typed.</summary>
    public static string Sentence(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 || trimmed[^1] is '.' or '!' or '?' ? trimmed : trimmed + ".";
    }
}
