using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using LibraryPortal.Domain;

namespace LibraryPortal.Features.Import.Findings;

/// <summary>Reads a file of findings without keeping it.</summary>
internal static class FindingReader
{
    /// <summary>The findings in the order of their rows; none where there is no file.</summary>
    /// <param name="kind">Only these; null for all.</param>
    public static async IAsyncEnumerable<Finding> ReadAsync(string path, FindingKind? kind = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var line in LinesAsync(path, kind, cancellationToken))
            yield return Parse(line);
    }

    /// <summary>One page of them.</summary>
    public static async Task<Paged<Finding>> PageAsync(string path, FindingKind? kind, int page, int size, CancellationToken cancellationToken)
    {
        var total = 0;
        await foreach (var _ in LinesAsync(path, kind, cancellationToken))
            total++;
        page = Paging.Clamp(page, total, size);
        List<Finding> shown = new(size);
        var first = (page - 1) * size;
        var at = 0;
        await foreach (var line in LinesAsync(path, kind, cancellationToken))
        {
            if (at++ < first)
                continue;
            if (shown.Count == size)
                break;
            shown.Add(Parse(line));
        }

        return new Paged<Finding>(shown, total, page, size);
    }

    static async IAsyncEnumerable<string> LinesAsync(string path, FindingKind? kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            yield break;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        using var text = new StreamReader(file, Encoding.UTF8);
        var mark = kind is { } wanted ? (char)('0' + (int)wanted) : '\0';
        while (await text.ReadLineAsync(cancellationToken) is { } line)
        {
            // A run that was killed may have left half a line; it is written again.
            if (line.Count(character => character == '\t') == 4 && (mark == '\0' || line[0] == mark))
                yield return line;
        }
    }

    static Finding Parse(string line)
    {
        var cells = line.Split('\t');
        return new Finding(int.Parse(cells[1], CultureInfo.InvariantCulture), (FindingKind)(cells[0][0] - '0'), cells[2], cells[3], cells[4]);
    }
}
