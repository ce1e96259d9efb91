namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>One element of a data field.</summary>
/// <param name="Code">A lower-case letter or a digit.</param>
/// <param name="Value">Unicode text in NFC, without control characters.</param>
internal sealed record MarcSubfield(char Code, string Value)
{
    public override string ToString() => $"${Code}{Value}";
}
