namespace LibraryPortal.Data.Search;

/// <summary>What ranking, sorting and counting know of a title.</summary>
/// <param name="Facets">Its facet tokens.</param>
/// <param name="Free">Copies on the shelf.</param>
/// <param name="Requests">How often it was asked for.</param>
/// <param name="Words">Words of its names: of two titles that fit, the shorter one fits better.</param>
/// <param name="Key">First key of a sorted list; empty where none was asked for.</param>
/// <param name="Year">Of first publication.</param>
internal readonly record struct SearchRow(int Id, string Facets, int Free, int Requests, int Words, string Key, int Year);
