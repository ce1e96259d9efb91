namespace LibraryPortal.Hosting.JobCommands;

/// <summary>Rows in columns as wide as their widest cell, for people.</summary>
internal sealed class TextTable(params string[] headings)
{
    readonly List<string[]> _rows = [headings];

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <param name="foot">A line below it.</param>
    public void Write(string? foot = null)
    {
        if (_rows.Count > 1)
        {
            var widths = Enumerable.Range(0, headings.Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
            foreach (var row in _rows)
                Console.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        if (foot is not null)
            Console.WriteLine(foot);
    }
}
