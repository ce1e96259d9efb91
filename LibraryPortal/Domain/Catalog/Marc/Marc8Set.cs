namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>One of the character sets MARC-8 can switch to.</summary>
/// <param name="Name">As a librarian would call it.</param>
/// <param name="Bytes">Per character: 1, or 3 for East Asian.</param>
/// <param name="Characters">Unicode by seven-bit code from 0x20 on; a blank place is an unknown code. Null: recognised, but not read.</param>
/// <param name="FirstMark">The first code of the marks, which stand before their letter. 0x80: none.</param>
internal sealed record Marc8Set(string Name, int Bytes = 1, string? Characters = null, int FirstMark = 0x80)
{
    /// <summary>The character of a code; null when there is none or the set is not read.</summary>
    public char? this[int code] => Characters is not null && code - 0x20 < Characters.Length && Characters[code - 0x20] != ' ' ? Characters[code - 0x20] : null;

    public bool IsMark(int code) => code >= FirstMark;
}
