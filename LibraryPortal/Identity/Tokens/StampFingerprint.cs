using System.Security.Cryptography;
using System.Text;
using LibraryPortal.Identity.Keys;

namespace LibraryPortal.Identity.Tokens;

/// <summary>A keyed hash of an account's security stamp. The stamp itself is a secret of the account, and anyone can read a token.</summary>
internal sealed class StampFingerprint(JwtSigningKey key)
{
    public string Of(string? stamp) => Convert.ToHexString(HMACSHA256.HashData(key.Secret, Encoding.UTF8.GetBytes("stamp:" + stamp)).AsSpan(0, 16));

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string? stamp, string? fingerprint) =>
        fingerprint is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(stamp)), Encoding.ASCII.GetBytes(fingerprint));
}
