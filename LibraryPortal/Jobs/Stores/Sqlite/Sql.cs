namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>One statement of the store, prepared once per connection. Its parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
/// <remarks>Compared by reference: finding the prepared form must not hash the text.</remarks>
internal sealed class Sql(string text)
{
    public string Text { get; } = text;

    /// <summary>How many parameters it takes.</summary>
    public int Parameters { get; } = CountParameters(text);

    static int CountParameters(string text)
    {
        var count = 0;
        while (text.Contains($"${count + 1}", StringComparison.Ordinal))
            count++;
        return count;
    }
}
