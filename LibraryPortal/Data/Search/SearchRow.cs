namespace LibraryPortal.Data.Search;

/// <summary>What ranking knows of a title.</summary>
/// <param name="Requests">How often it was asked for.</param>
/// <param name="Words">Words of its names: of two titles that fit, the shorter one fits better.</param>
internal readonly record struct SearchRow(int Id, int Requests, int Words);
