namespace LibraryPortal.Data;

/// <summary>Patterns for LIKE out of words a person typed: what they typed is looked for as it stands.</summary>
public static class LikePattern
{
    /// <summary>The sign before one that is no pattern; to be given to <c>EF.Functions.Like</c>.</summary>
    public const string Escape = @"\";

    /// <summary>Matches any text with these words in it.</summary>
    public static string Containing(string words) =>
        $"%{words.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
