using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace LibraryPortal.Identity.Keys;

/// <summary>The secret that signs access tokens: made at the first start, kept beside the other keys, shared by every process on the same data directory.</summary>
internal sealed class JwtSigningKey
{
    const string FileName = "jwt.key";
    const int Bytes = 64;

    JwtSigningKey(byte[] secret)
    {
        Key = new SymmetricSecurityKey(secret);
        Secret = secret;
    }

    public SymmetricSecurityKey Key { get; }

    /// <summary>For a keyed hash of what must not be readable in a token.</summary>
    public byte[] Secret { get; }

    public static JwtSigningKey LoadOrCreate(string directory)
    {
        var file = Path.Combine(directory, FileName);
        if (!File.Exists(file))
            Create(directory, file);
        var secret = Convert.FromBase64String(File.ReadAllText(file).Trim());
        return secret.Length >= 32
            ? new JwtSigningKey(secret)
            : throw new InvalidOperationException($"{file} is too short for a signing key; delete it and a new one is made (everyone with a token signs in again).");
    }

    // Written aside and moved without overwriting: of two processes that start together, both read the winner's file, and neither a half one.
    static void Create(string directory, string file)
    {
        var draft = Path.Combine(directory, $"{FileName}.{Guid.NewGuid():N}");
        using (var stream = new FileStream(draft, PrivateDirectory.PrivateFile))
        using (var writer = new StreamWriter(stream))
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }
}
