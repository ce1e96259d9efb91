namespace LibraryPortal.Jobs.Stores;

/// <summary>The letters a to z in small; of other letters each case counts for itself, as in the scripts of Redis.</summary>
internal static class SmallLetters
{
    public static string Of(string text) => string.Create(text.Length, text, static (small, from) =>
    {
        for (var i = 0; i < small.Length; i++)
            small[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] + 32) : from[i];
    });
}
