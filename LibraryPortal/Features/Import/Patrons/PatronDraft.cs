using System.Security.Cryptography;
using System.Text;
using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Import.Patrons;

/// <summary>A row that can become a reader.</summary>
/// <param name="Row">Its number in the file.</param>
/// <param name="Card">Null: the next free number.</param>
internal sealed record PatronDraft(int Row, string Name, string? Email, string? UserName, string? Card, string Category, string? Notes)
{
    /// <summary>Equal for rows that say the same; tells nothing by itself. It stays that of the row when the draft leaves a part of it out.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Folding.Fold(Name), Email?.ToUpperInvariant(), UserName?.ToUpperInvariant(), Card, Category, Notes))));

    /// <summary>True when a reader is called so, however it is written.</summary>
    public bool IsNamed(string name) => string.Equals(Folding.Fold(name), Folding.Fold(Name), StringComparison.Ordinal);
}
