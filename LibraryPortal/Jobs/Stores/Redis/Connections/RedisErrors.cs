using System.Net.Sockets;
using System.Security.Authentication;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>What went wrong with Redis, in one sentence with the address and the remedy.</summary>
internal sealed class RedisErrors(RedisAddress address)
{
    /// <summary>The sentence for a failure that is Redis' or the network's; null for one that is ours.</summary>
    public string? Describe(Exception error) => error switch
    {
        AggregateException { InnerException: { } first } => Describe(first),
        RedisServerException or RedisRefusedException => DescribeServer(error.Message),
        // What the server said while connecting lies deeper; the outer message only says that there is no connection.
        RedisConnectionException connection => DescribeCause(connection) ?? Unreachable,
        AuthenticationException handshake => Untrusted(handshake),
        TimeoutException => Silent,
        ObjectDisposedException or SocketException => Unreachable,
        _ => null,
    };

    /// <summary>Whether Redis has no memory for what is new. That refuses the call alone: what makes nothing new is done all the same.</summary>
    public static bool IsFull(Exception error) => error is RedisServerException server && Says(server.Message, "OOM");

    public string Unreachable => $"Redis at {address.Text} cannot be reached: start it, or correct ConnectionStrings:Redis.";

    public string Silent => $"Redis at {address.Text} does not answer in time: see whether it hangs or is overloaded.";

    public string TooOld(string version) => $"Redis at {address.Text} is version {version}: version 7.0 or newer is needed.";

    string Untrusted(AuthenticationException handshake) =>
        $"TLS with Redis at {address.Text} comes to nothing ({handshake.Message.TrimEnd('.')}): have its certificate trusted here, or correct 'ssl' and 'sslHost' in ConnectionStrings:Redis.";

    string WrongPassword => $"Redis at {address.Text} refuses the password: correct 'password' in ConnectionStrings:Redis.";

    string? DescribeCause(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException handshake)
                return Untrusted(handshake);
            if (DescribeServer(cause.Message) is { } sentence)
                return sentence;
            // The library says the same of a handshake that failed, of which it then tells the cause.
            if (cause is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure, InnerException: null })
                return WrongPassword;
        }

        return null;
    }

    // Redis begins each error with a code; inside a script the code may follow other words.
    static bool Says(string message, string code) => message.StartsWith(code, StringComparison.Ordinal) || message.Contains($" -{code} ", StringComparison.Ordinal)
        || message.Contains($": {code} ", StringComparison.Ordinal);

    string? DescribeServer(string message)
    {
        bool Says(string code) => RedisErrors.Says(message, code);

        if (Says("NOAUTH") || Says("WRONGPASS") || message.Contains("invalid password", StringComparison.Ordinal) || message.Contains("AUTH <password>", StringComparison.Ordinal))
            return WrongPassword;
        if (Says("LOADING"))
            return $"Redis at {address.Text} is still loading its data: it answers when that is done.";
        if (Says("READONLY"))
            return $"Redis at {address.Text} is a read-only replica: name the primary in ConnectionStrings:Redis.";
        if (Says("OOM"))
            return $"Redis at {address.Text} has no memory left: raise its maxmemory.";
        if (Says("MISCONF"))
            return $"Redis at {address.Text} cannot save its data and refuses writes: look at its log and its disk.";
        if (Says("BUSY") || Says("TRYAGAIN"))
            return $"Redis at {address.Text} is busy with another script: it answers when that is done.";
        if (Says("CLUSTERDOWN") || Says("MASTERDOWN") || Says("NOREPLICAS"))
            return $"Redis at {address.Text} has lost a part of itself and refuses writes: repair the cluster or its replication.";
        return Says("NOPERM") ? $"Redis at {address.Text} does not let this user do what the job store needs: widen its ACL." : null;
    }
}
