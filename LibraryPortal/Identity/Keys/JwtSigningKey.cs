using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace LibraryPortal.Identity.Keys;

/// <summary>The secret that signs access tokens: made at the first start, kept beside the other keys, shared by every process on the same data directory.</summary>
internal sealed class JwtSigningKey
{
    const string FileName = "jwt.key";
    const int Bytes = 64;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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

    // One maker at a time, in whatever process; one that dies lets go. Moved into place when it is whole, so that nobody reads a half one.
    static void Create(string directory, string file)
    {
        var gate = file + ".lock";
        FileStream? held = null;
        if (!SpinWait.SpinUntil(() => File.Exists(file) || TryHold(gate, out held), Patience))
            throw new IOException($"{gate} is held by another process that makes the key and does not end; stop that one.");
        if (held is null)
            return;
        using (held)
        {
            if (!File.Exists(file))
                Write(directory, file);
            // Who waits for this very file finds the key made.
            File.Delete(gate);
        }
    }

    static bool TryHold(string gate, out FileStream? held)
    {
        try
        {
            held = new FileStream(gate, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            held = null;
            return false;
        }
    }

    static void Write(string directory, string file)
    {
        var draft = Path.Combine(directory, $"{FileName}.{Guid.NewGuid():N}");
        using (var stream = new FileStream(draft, PrivateDirectory.PrivateFile))
        using (var writer = new StreamWriter(stream))
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
        File.Move(draft, file);
    }
}
