namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>A field 001 to 009: no indicators, no subfields; in most of them the position of a character is its meaning.</summary>
internal sealed record MarcControlField(string Tag, string Value)
{
    /// <summary>True for the tags whose fields have neither indicators nor subfields.</summary>
    public static bool IsControlTag(string tag) => tag.StartsWith("00", StringComparison.Ordinal);

    public override string ToString() => $"={Tag}  {Value}";
}
