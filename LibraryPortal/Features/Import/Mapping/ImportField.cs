namespace LibraryPortal.Features.Import.Mapping;

/// <summary>Something a column can hold.</summary>
/// <param name="Key">Kept with the import; never changes.</param>
/// <param name="Label">What a librarian calls it.</param>
/// <param name="Headings">Headings that mean it, the usual one first.</param>
internal sealed record ImportField(string Key, string Label, params string[] Headings)
{
    /// <summary>How it is read, in a sentence; null where the label says all.</summary>
    public string? Hint { get; init; }
}
