namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>One record of the MARC 21 formats, freed from how it was stored.</summary>
internal sealed record MarcRecord
{
    /// <summary>Length of a leader, in characters.</summary>
    public const int LeaderLength = 24;

    /// <summary>Leader of a new record for a printed book, in Unicode; lengths and addresses are filled in by whoever stores it.</summary>
    public const string BookLeader = "00000nam a2200000 a 4500";

    /// <summary>Always <see cref="LeaderLength"/> characters.</summary>
    public string Leader { get; init; } = BookLeader;

    public IReadOnlyList<MarcControlField> ControlFields { get; init; } = [];

    public IReadOnlyList<MarcDataField> DataFields { get; init; } = [];

    /// <summary>c: corrected, d: deleted, n: new, and others (leader position 5).</summary>
    public char Status => Leader[5];

    /// <summary>a: language material, c: music, e: map, z: authority, and others (leader position 6).</summary>
    public char Type => Leader[6];

    /// <summary>Value of a control field; null when there is none.</summary>
    public string? Control(string tag) => ControlFields.FirstOrDefault(field => field.Tag == tag)?.Value;

    /// <summary>The fields with one of these tags, in the order of the record.</summary>
    public IEnumerable<MarcDataField> Fields(params IReadOnlyList<string> tags) => DataFields.Where(field => tags.Contains(field.Tag));

    /// <summary>A line per field, as cataloguers write records: <c>=245  10$aTitle</c>.</summary>
    public override string ToString() => string.Join('\n', [$"=LDR  {Leader}", .. ControlFields, .. DataFields]);
}
