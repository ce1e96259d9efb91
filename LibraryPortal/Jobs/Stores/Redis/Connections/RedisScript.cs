using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>One script as the server gets it, its hash, and the keys its header names.</summary>
internal sealed class RedisScript(string name, string text, RedisKey[] keys)
{
    readonly byte[] _hash = Hash(text);

    public string Name { get; } = name;

    /// <summary>Whether a Redis without memory refuses it: it makes something new. Default: false.</summary>
    public bool NeedsRoom { get; init; }

    /// <summary>Runs it. A server that does not know it (restarted, or its scripts were flushed) is sent the text.</summary>
    public async Task<RedisResult> RunAsync(IDatabase database, RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(_hash, keys, arguments);
        }
        catch (RedisServerException unknown) when (unknown.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await SendAsync(database, arguments);
        }
    }

    /// <summary>Runs it by its text, which works at once on any server. So calls sent one after another take effect in that order, whatever happens to the
    /// server's scripts meanwhile.</summary>
    public Task<RedisResult> SendAsync(IDatabase database, RedisValue[] arguments) =>
        database.ScriptEvaluateAsync(text, keys, arguments, CommandFlags.NoScriptCache);

    /// <summary>The command that runs it, in words of the protocol.</summary>
    /// <param name="asText">Whether it goes by its text, for a server that does not know it.</param>
    public byte[][] Words(RedisValue[] arguments, bool asText) =>
    [
        asText ? "EVAL"u8.ToArray() : "EVALSHA"u8.ToArray(), Encoding.UTF8.GetBytes(asText ? text : Convert.ToHexStringLower(_hash)),
        Encoding.UTF8.GetBytes(keys.Length.ToString(CultureInfo.InvariantCulture)), .. keys.Select(static key => (byte[])key!), .. arguments.Select(static argument => (byte[])argument!),
    ];

    // Redis names scripts by SHA-1; nothing is protected by it.
#pragma warning disable CA5350
    static byte[] Hash(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
}
