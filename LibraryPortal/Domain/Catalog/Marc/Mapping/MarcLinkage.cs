namespace LibraryPortal.Domain.Catalog.Marc.Mapping;

/// <summary>
/// Finds what field 880 says in another script (Library of Congress, MARC 21 Format for Bibliographic Data, Appendix A). Its $6 names the
/// field it repeats and a number both carry: <c>245-01</c> there, <c>880-01</c> in the field itself.
/// </summary>
internal static class MarcLinkage
{
    /// <summary>The 880 that repeats this field, or, where the numbers do not fit, the only one with its tag; null when there is none.</summary>
    public static MarcDataField? Vernacular(MarcRecord record, MarcDataField field)
    {
        var number = Number(field.First('6'));
        var candidates = OfTag(record, field.Tag).ToList();
        return candidates.Find(candidate => number is not null and not "00" && Number(candidate.First('6')) == number)
            ?? (candidates.Count == 1 ? candidates[0] : null);
    }

    /// <summary>All 880 that stand for fields with this tag.</summary>
    public static IEnumerable<MarcDataField> OfTag(MarcRecord record, string tag) =>
        record.Fields("880").Where(field => field.First('6')?.StartsWith(tag, StringComparison.Ordinal) == true);

    static string? Number(string? link) => link is { Length: >= 6 } && link[3] == '-' ? link[4..6] : null;
}
