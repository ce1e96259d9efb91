namespace LibraryPortal.Hosting.Bench;

/// <summary>What one run of the history's bench measured.</summary>
/// <param name="FileBytes">The whole database.</param>
internal sealed record HistoryFigures(double AddedPerSecond, long FileBytes, IReadOnlyList<SearchFigures> Searches);

/// <param name="Found">As the page would say it: counted up to 10,000.</param>
/// <param name="Delays">Of the count and the page together.</param>
internal sealed record SearchFigures(string What, int Found, Delays Delays);
