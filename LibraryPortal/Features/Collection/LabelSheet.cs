namespace LibraryPortal.Features.Collection;

/// <summary>A sheet of labels as shops sell it, on A4.</summary>
/// <param name="Key">In the address, and the class that gives it its millimetres.</param>
internal sealed record LabelSheet(string Key, string Name, int Columns, int Rows)
{
    public static IReadOnlyList<LabelSheet> All { get; } =
    [
        new("3x8", "3 × 8, 70 × 37 mm", 3, 8), new("2x7", "2 × 7, 99.1 × 38.1 mm", 2, 7), new("5x13", "5 × 13, 38.1 × 21.2 mm", 5, 13), new("cards", "Cards, 2 × 5, 85.6 × 54 mm", 2, 5),
    ];

    /// <summary>Labels of one sheet.</summary>
    public int Count => Columns * Rows;

    public static LabelSheet Find(string? key, bool isCards) => All.FirstOrDefault(sheet => sheet.Key == key) ?? (isCards ? All[^1] : All[0]);
}
