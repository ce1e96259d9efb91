using System.Text;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Many rows as one parameter, which the statement takes apart with json_each.</summary>
internal static class RowList
{
    /// <summary>A JSON array of the rows' numbers.</summary>
    public static string Of<T>(IReadOnlyList<T> items, Func<T, long> row)
    {
        var text = new StringBuilder(12 * items.Count).Append('[');
        for (var i = 0; i < items.Count; i++)
            text.Append(i == 0 ? "" : ",").Append(row(items[i]));
        return text.Append(']').ToString();
    }

    /// <summary>A JSON object of a number for each row, by the row's number.</summary>
    public static string Of<T>(IReadOnlyList<T> items, Func<T, long> row, Func<T, long> value)
    {
        var text = new StringBuilder(32 * items.Count).Append('{');
        for (var i = 0; i < items.Count; i++)
            text.Append(i == 0 ? "\"" : ",\"").Append(row(items[i])).Append("\":").Append(value(items[i]));
        return text.Append('}').ToString();
    }
}
