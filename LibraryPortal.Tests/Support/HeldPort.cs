using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LibraryPortal.Tests.Support;

/// <summary>A port of 127.0.0.1 that nobody else is given as long as it is held. It is bound and nobody listens, so whoever calls there is refused; a server that is told its number
/// and reuses addresses, as Redis does, may listen there, stop, and listen again.</summary>
internal sealed class HeldPort : IDisposable
{
    static readonly ConcurrentDictionary<int, HeldPort> Held = new();

    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <param name="number">0: any that is free.</param>
    /// <exception cref="SocketException">Somebody has it.</exception>
    public HeldPort(int number = 0)
    {
        try
        {
            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, number));
            Number = ((IPEndPoint)_socket.LocalEndPoint!).Port;
            // The system lets in whoever reuses addresses, and another holder does.
            if (!Held.TryAdd(Number, this))
                throw new SocketException((int)SocketError.AddressAlreadyInUse);
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }
    }

    public int Number { get; }

    public void Dispose()
    {
        Held.TryRemove(new(Number, this));
        _socket.Dispose();
    }
}
