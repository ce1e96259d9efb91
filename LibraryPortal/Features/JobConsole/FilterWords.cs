using System.Globalization;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Reads what people fill in to search for jobs, and writes it into an address.</summary>
internal static class FilterWords
{
    const int LongestText = 200;

    /// <summary>Null for nothing.</summary>
    public static string? Text(string? value) => value?.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, LongestText)] : null;

    /// <param name="which">To follow "to have ended" in the sentence.</param>
    /// <param name="problem">Set where the value cannot be read, unless there is one already.</param>
    public static DateTimeOffset? ReadTime(string? value, string which, ref string? problem)
    {
        if (Text(value) is not { } text)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
            return moment;
        problem ??= $"'{text}' is not a time to have ended {which}; expected one such as 2026-11-22T08:00.";
        return null;
    }

    /// <summary>The address of a page of what a filter finds; parts without a value are left out.</summary>
    public static string Href(string path, IEnumerable<(string Name, string? Value)> parts, int page)
    {
        var query = parts.Where(static part => !string.IsNullOrWhiteSpace(part.Value)).Append((Name: "page", Value: page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null))
            .Where(static part => part.Value is not null).Select(static part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}");
        return $"{path}?{string.Join('&', query)}".TrimEnd('?');
    }
}
