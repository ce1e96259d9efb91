using System.Security.Cryptography;
using System.Text;

namespace LibraryPortal.Features.Import.Reading;

/// <summary>The beginning of a table: enough to tell how it is written and what its columns hold.</summary>
/// <param name="Delimiter">The sign between cells.</param>
/// <param name="Sample">The first rows below the heading.</param>
internal sealed record CsvHead(string Delimiter, IReadOnlyList<string> Heading, IReadOnlyList<string[]> Sample)
{
    /// <summary>Tells files with the same columns: case and spaces do not matter, their order does.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', Heading.Select(cell => (CellReader.Text(cell) ?? "").ToUpperInvariant())))));
}
