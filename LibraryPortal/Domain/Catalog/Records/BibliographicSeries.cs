using System.Text.RegularExpressions;

namespace LibraryPortal.Domain.Catalog.Records;

/// <summary>A series a book appeared in.</summary>
/// <param name="Volume">As printed, such as <c>v. 3</c>. Null: not numbered.</param>
public sealed partial record BibliographicSeries(string Name, string? Volume = null)
{
    /// <summary><c>Earthsea, #1</c>; a number that is not plain stands as printed.</summary>
    public override string ToString() => Volume is null ? Name
        : PlainNumber().Match(Volume) is { Success: true } match ? $"{Name}, #{match.Groups["number"].Value}"
        : $"{Name}, {Volume}";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static BibliographicSeries Parse(string text) =>
        Numbered().Match(text) is { Success: true } match ? new(match.Groups["name"].Value, match.Groups["number"].Value) : new(text);

    [GeneratedRegex(@"^(?<name>.+), #(?<number>\d{1,4})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^(\p{L}+\.?\s*)?(?<number>\d{1,4})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex PlainNumber();
}
