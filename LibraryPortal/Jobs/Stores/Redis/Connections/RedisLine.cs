using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>A connection that blocks the one thread that uses it, so that nothing of it waits for the thread pool, as all that the library does must. Connects when it
/// is used, and again when it broke.</summary>
/// <param name="patience">How long each of connecting, sending and receiving may take.</param>
/// <param name="find">The addresses of a name, of which any may be the one. Default: as the system knows them, in its own time, which comes on top of the patience.</param>
internal sealed class RedisLine(RedisAddress address, TimeSpan patience, Func<string, IPAddress[]>? find = null) : IDisposable
{
    const int MostHops = 5;

    readonly ConfigurationOptions _options = address.Options("library-portal-heart");
    readonly Func<string, IPAddress[]> _find = find ?? Dns.GetHostAddresses;
    EndPoint? _at;
    volatile Socket? _socket;
    Stream? _stream;
    volatile bool _disposed;

    /// <summary>Runs a script.</summary>
    /// <returns>As <see cref="RedisWords.Read"/> has it.</returns>
    /// <exception cref="RedisRefusedException">Redis does not do it.</exception>
    /// <exception cref="TimeoutException">Redis did not answer in time.</exception>
    /// <exception cref="SocketException">There is no connection.</exception>
    /// <exception cref="AuthenticationException">TLS comes to nothing.</exception>
    public object? Run(RedisScript script, RedisValue[] arguments)
    {
        var asText = false;
        for (var hops = 0; ; hops++)
        {
            var isOld = _stream is not null;
            try
            {
                return Ask(script.Words(arguments, asText));
            }
            catch (RedisRefusedException unknown) when (!asText && unknown.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                asText = true;
            }
            catch (RedisRefusedException refused) when (hops < MostHops && FindOther(refused.Message) is { } other)
            {
                Close();
                _at = other;
            }
            catch (RedisRefusedException stranger) when (stranger.Message.StartsWith("NOAUTH", StringComparison.Ordinal))
            {
                // The password is said but once on a connection: one that was refused it stays a stranger, even when Redis knows the password later.
                Close();
                throw;
            }
            catch (IOException broken)
            {
                Close();
                if (broken.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock })
                    throw new TimeoutException("Redis did not answer in time.", broken);
                // One that was there already may have been cut long ago, by a restart of Redis, say.
                if (!isOld)
                    throw broken.InnerException as SocketException ?? new SocketException((int)SocketError.ConnectionReset);
            }
            catch (Exception error) when (error is not RedisRefusedException)
            {
                // The rest of an answer may still be under way, and the next call would take it for its own.
                Close();
                throw;
            }
        }
    }

    /// <summary>Ends it for good, and what is under way on it.</summary>
    public void Dispose()
    {
        _disposed = true;
        _socket?.Dispose();
    }

    object? Ask(IReadOnlyList<byte[]> words)
    {
        var stream = _stream ??= Open();
        RedisWords.Write(stream, words);
        return RedisWords.Read(stream);
    }

    BufferedStream Open()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Exception? last = null;
        foreach (var endPoint in _at is { } known ? [known] : address.EndPoints)
        {
            try
            {
                var stream = Greet(endPoint);
                _at = endPoint;
                return stream;
            }
            catch (Exception error)
            {
                (last, _at) = (error, null);
                Close();
            }
        }

        throw last is RedisRefusedException or IOException or AuthenticationException ? last : new IOException("No connection to Redis is to be had.", last);
    }

    BufferedStream Greet(EndPoint endPoint)
    {
        _socket = Connect(endPoint);
        Stream stream = new NetworkStream(_socket, ownsSocket: true);
        if (_options.Ssl)
        {
            var secure = new SslStream(stream);
            secure.AuthenticateAsClient(_options.SslHost ?? HostOf(endPoint), null, _options.SslProtocols ?? default, checkCertificateRevocation: false);
            stream = secure;
        }

        var buffered = new BufferedStream(stream);
        // A server without a password, or one that keeps names to itself, is none the worse; a wrong password shows with the first call.
        if (!string.IsNullOrEmpty(_options.Password))
            TrySay(buffered, "AUTH", _options.Password);
        TrySay(buffered, "CLIENT", "SETNAME", _options.ClientName);
        if (_options.DefaultDatabase is > 0 and var database && TrySay(buffered, "SELECT", database.ToString(CultureInfo.InvariantCulture)) is { } refusal)
            throw refusal;
        return buffered;
    }

    static RedisRefusedException? TrySay(Stream stream, params string[] words)
    {
        RedisWords.Write(stream, Array.ConvertAll(words, Encoding.UTF8.GetBytes));
        try
        {
            RedisWords.Read(stream);
            return null;
        }
        catch (RedisRefusedException refusal)
        {
            return refusal;
        }
    }

    // A name may have addresses at which nobody listens, such as ::1 for localhost. Each gets an equal share of the patience, or a silent one would leave the next none.
    Socket Connect(EndPoint endPoint)
    {
        if (endPoint is not DnsEndPoint dns)
            return Connect((IPEndPoint)endPoint, patience);
        var found = _find(dns.Host);
        SocketException? last = null;
        foreach (var one in found)
        {
            try
            {
                return Connect(new IPEndPoint(one, dns.Port), patience / found.Length);
            }
            catch (SocketException error)
            {
                last = error;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    // Not left to the system, which would try for minutes where nobody answers at all.
    Socket Connect(IPEndPoint target, TimeSpan within)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
        try
        {
            try
            {
                socket.Connect(target);
            }
            catch (SocketException waits) when (waits.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                if (!socket.Poll(within, SelectMode.SelectWrite))
                    throw new SocketException((int)SocketError.TimedOut);
                if ((int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! is not 0 and var error)
                    throw new SocketException(error);
            }

            socket.Blocking = true;
            (socket.SendTimeout, socket.ReceiveTimeout) = ((int)patience.TotalMilliseconds, (int)patience.TotalMilliseconds);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    // In a cluster the keys are another node's; of a primary and its replicas this may be the wrong one.
    EndPoint? FindOther(string answer)
    {
        if (answer.StartsWith("MOVED ", StringComparison.Ordinal))
            return answer.Split(' ') is [_, _, var node] && ConfigurationOptions.Parse(node).EndPoints is [{ } moved] ? moved : null;
        if (!answer.StartsWith("READONLY", StringComparison.Ordinal) || address.EndPoints.Length == 1)
            return null;
        return address.EndPoints[(Array.IndexOf(address.EndPoints, _at) + 1) % address.EndPoints.Length];
    }

    void Close()
    {
        _stream = null;
        _socket?.Dispose();
    }

    static string HostOf(EndPoint endPoint) => endPoint is DnsEndPoint dns ? dns.Host : ((IPEndPoint)endPoint).Address.ToString();
}
