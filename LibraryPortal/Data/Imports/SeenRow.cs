namespace LibraryPortal.Data.Imports;

/// <summary>What a check remembers of an earlier row of the file.</summary>
/// <param name="Key">What later rows may share with it.</param>
/// <param name="Row">Its number in the file; 0: it is not of the file.</param>
/// <param name="Value">Whatever the reader of the key needs.</param>
internal sealed record SeenRow(string Key, int Row, string Value);
