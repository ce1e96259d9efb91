using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using LibraryPortal.Tests.Support;
using StackExchange.Redis;

namespace LibraryPortal.Tests.Jobs.Stores.Redis.Connections;

public sealed class RedisLineTests(SharedRedisServer shared)
{
    // At which no server of these tests listens.
    static readonly IPAddress Deserted = IPAddress.Parse("127.0.0.2");

    [Fact]
    public async Task NameOfSeveralAddresses_IsReachedAtTheOneWhereRedisListens()
    {
        var port = (await shared.GetAsync()).Port;
        using var line = Line(port, Deserted, Deserted, IPAddress.Loopback);

        line.Run(RedisStores.Check, []);
    }

    [Fact]
    public async Task NameOfWhichNoAddressAnswers_IsNoConnection()
    {
        var port = (await shared.GetAsync()).Port;
        using var deserted = Line(port, Deserted, Deserted);
        using var unknown = Line(port);

        Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => deserted.Run(RedisStores.Check, [])).SocketErrorCode);
        Assert.Equal(SocketError.HostNotFound, Assert.Throws<SocketException>(() => unknown.Run(RedisStores.Check, [])).SocketErrorCode);
    }

    [Fact]
    public async Task AnswerThatIsNone_LeavesNothingForTheNextCallToRead()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = ServeAsync(listener, ["+OK\r\n", "?\r\n:7\r\n"], ["+OK\r\n", ":8\r\n"]);
        using var line = Line(((IPEndPoint)listener.LocalEndpoint).Port, IPAddress.Loopback);

        Assert.Throws<InvalidDataException>(() => line.Run(RedisStores.Check, []));

        Assert.Equal(8L, line.Run(RedisStores.Check, []));
        await served;
    }

    [Fact]
    public async Task PasswordThatRedisLearnsLater_IsSaidAgain()
    {
        await using var server = await RedisServer.StartAsync();
        using var operators = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        using var line = new RedisLine(RedisAddress.Parse($"{server.Address},password=new"), TimeSpan.FromSeconds(30));
        await operators.GetServer(server.Address).ConfigSetAsync("requirepass", "old");
        Assert.StartsWith("NOAUTH", Assert.Throws<RedisRefusedException>(() => line.Run(RedisStores.Check, [])).Message, StringComparison.Ordinal);

        await operators.GetServer(server.Address).ConfigSetAsync("requirepass", "new");

        line.Run(RedisStores.Check, []);
    }

    [Fact]
    public void ListWithAnErrorInIt_IsAnError_AndReadToItsEnd()
    {
        using var stream = new MemoryStream("*3\r\n:1\r\n-ERR no\r\n$1\r\nx\r\n:9\r\n"u8.ToArray());

        Assert.Equal("ERR no", Assert.Throws<RedisRefusedException>(() => RedisWords.Read(stream)).Message);
        Assert.Equal(9L, RedisWords.Read(stream));
    }

    static RedisLine Line(int port, params IPAddress[] addresses) =>
        new(RedisAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"redis.test:{port}")), TimeSpan.FromSeconds(30), _ => addresses);

    // One connection after the other, each with its answers to one command after the other.
    static async Task ServeAsync(TcpListener listener, params string[][] connections)
    {
        foreach (var answers in connections)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            foreach (var answer in answers)
            {
                var words = int.Parse((await reader.ReadLineAsync())![1..], CultureInfo.InvariantCulture);
                for (var line = 0; line < 2 * words; line++)
                    await reader.ReadLineAsync();
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            }
        }
    }
}
