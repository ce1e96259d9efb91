namespace LibraryPortal.Domain.Catalog;

/// <summary>What was filled into a title that lacked it, so that it can be taken out again.</summary>
public static class TitleGaps
{
    /// <summary>What the second has and the first had not; the name stays, because details need one.</summary>
    public static TitleDetails Filled(TitleDetails before, TitleDetails after) => new()
    {
        Name = after.Name,
        OriginalName = before.OriginalName is null ? after.OriginalName : null,
        Year = before.Year is null ? after.Year : null,
        Language = before.Language is null ? after.Language : null,
        Isbn = before.Isbn is null ? after.Isbn : null,
        FurtherIsbns = [.. after.FurtherIsbns.Except(before.AllIsbns())],
        FurtherSeries = [.. after.FurtherSeries.Except(before.FurtherSeries, StringComparer.Ordinal)],
        Subjects = before.Subjects.Count == 0 ? after.Subjects : [],
        Description = before.Description is null ? after.Description : null,
        Edition = before.Edition is null ? after.Edition : null,
        Publisher = before.Publisher is null ? after.Publisher : null,
        PublicationPlace = before.PublicationPlace is null ? after.PublicationPlace : null,
        EditionYear = before.EditionYear is null ? after.EditionYear : null,
        Extent = before.Extent is null ? after.Extent : null,
        ScriptName = before.ScriptName is null ? after.ScriptName : null,
        ScriptAuthor = before.ScriptAuthor is null ? after.ScriptAuthor : null,
        Names = before.Names.Count == 0 ? after.Names : [],
        Links = before.Links.Count == 0 ? after.Links : [],
    };

    /// <summary>The details without what was filled in and is still as it was then; what somebody changed since stays.</summary>
    public static TitleDetails Emptied(TitleDetails now, TitleDetails filled) => now.WithIsbns(now.AllIsbns().Except(filled.AllIsbns())) with
    {
        OriginalName = Without(now.OriginalName, filled.OriginalName),
        Year = now.Year == filled.Year ? null : now.Year,
        Language = Without(now.Language, filled.Language),
        FurtherSeries = [.. now.FurtherSeries.Except(filled.FurtherSeries, StringComparer.Ordinal)],
        Subjects = Without(now.Subjects, filled.Subjects),
        Description = Without(now.Description, filled.Description),
        Edition = Without(now.Edition, filled.Edition),
        Publisher = Without(now.Publisher, filled.Publisher),
        PublicationPlace = Without(now.PublicationPlace, filled.PublicationPlace),
        EditionYear = now.EditionYear == filled.EditionYear ? null : now.EditionYear,
        Extent = Without(now.Extent, filled.Extent),
        ScriptName = Without(now.ScriptName, filled.ScriptName),
        ScriptAuthor = Without(now.ScriptAuthor, filled.ScriptAuthor),
        Names = Without(now.Names, filled.Names),
        Links = Without(now.Links, filled.Links),
    };

    static string? Without(string? now, string? filled) => string.Equals(now, filled, StringComparison.Ordinal) ? null : now;

    static IReadOnlyList<T> Without<T>(IReadOnlyList<T> now, IReadOnlyList<T> filled) => now.SequenceEqual(filled) ? [] : now;
}
