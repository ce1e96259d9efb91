namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>A field 010 to 999 with two indicators and its subfields in the order of the record.</summary>
internal sealed record MarcDataField(string Tag, char Indicator1, char Indicator2, IReadOnlyList<MarcSubfield> Subfields)
{
    /// <summary>Value of the first subfield with this code; null when there is none.</summary>
    public string? First(char code) => Subfields.FirstOrDefault(subfield => subfield.Code == code)?.Value;

    /// <summary>Values of all subfields with one of these codes, in the order of the field.</summary>
    public IEnumerable<string> All(string codes) =>
        Subfields.Where(subfield => codes.Contains(subfield.Code, StringComparison.Ordinal)).Select(subfield => subfield.Value);

    public override string ToString() =>
        $"={Tag}  {Visible(Indicator1)}{Visible(Indicator2)}{string.Concat(Subfields.Select(subfield => subfield.ToString()))}";

    static char Visible(char indicator) => indicator == ' ' ? '\\' : indicator;
}
