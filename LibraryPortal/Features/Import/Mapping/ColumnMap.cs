using LibraryPortal.Features.Import.Reading;

namespace LibraryPortal.Features.Import.Mapping;

/// <summary>Finds the cells of a row by what they hold. Several columns may hold the same; the first that says something counts.</summary>
internal sealed class ColumnMap
{
    readonly Dictionary<string, int[]> _columns;
    readonly IReadOnlyList<string> _heading;

    /// <param name="mapping">For each column of the heading the key of what it holds; empty: not read.</param>
    public ColumnMap(IReadOnlyList<string> heading, IReadOnlyList<string> mapping)
    {
        _heading = heading;
        _columns = mapping.Index().Where(column => column.Item.Length > 0).GroupBy(column => column.Item, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(column => column.Index).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Cells of the heading.</summary>
    public int Width => _heading.Count;

    public bool Has(string field) => _columns.ContainsKey(field);

    public IEnumerable<SourceCell> All(string[] cells, string field)
    {
        foreach (var column in _columns.GetValueOrDefault(field, []))
        {
            if (column < cells.Length)
                yield return new SourceCell(_heading[column], cells[column]);
        }
    }

    /// <summary>The first cell that says something; an empty one where none does.</summary>
    public SourceCell First(string[] cells, string field)
    {
        if (!_columns.TryGetValue(field, out var columns))
            return default;
        foreach (var column in columns)
        {
            if (column < cells.Length && !string.IsNullOrWhiteSpace(cells[column]))
                return new SourceCell(_heading[column], cells[column]);
        }

        return new SourceCell(_heading[columns[0]], null);
    }

    /// <summary>False, and said so, for a row that is not as wide as the heading: a quotation mark or a separator is misplaced.</summary>
    public bool Fits(string[] cells, CellReader reader)
    {
        if (cells.Length >= Width && !cells.Skip(Width).Any(cell => !string.IsNullOrWhiteSpace(cell)))
            return true;
        reader.Refused("another number of cells than the heading: a quotation mark or a separator is misplaced", $"{cells.Length} cells instead of {Width}");
        return false;
    }
}
