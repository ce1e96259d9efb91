using System.Net;
using System.Net.Sockets;

namespace LibraryPortal.Tests.Support;

/// <summary>What servers of the tests rely on that stand side by side.</summary>
public sealed class HeldPortTests
{
    [Fact]
    public async Task HeldPort_IsGivenToNoOtherHolder_RefusesCallers_AndLetsItsServerIn()
    {
        using var held = new HeldPort();
        Assert.Throws<SocketException>(() => new HeldPort(held.Number));
        await AssertRefusedAsync();

        using (var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            server.Bind(new IPEndPoint(IPAddress.Loopback, held.Number));
            server.Listen();
            using var caller = new TcpClient();
            await caller.ConnectAsync(IPAddress.Loopback, held.Number);
        }

        await AssertRefusedAsync();

        async Task AssertRefusedAsync()
        {
            using var caller = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(() => caller.ConnectAsync(IPAddress.Loopback, held.Number));
        }
    }
}
