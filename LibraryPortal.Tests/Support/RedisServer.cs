using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LibraryPortal.Tests.Support;

/// <summary>A redis-server of one's own on a free port, with its files in a temporary folder; it can be killed, frozen and started again.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    // From the port of a node of a cluster to the one on which the others of the cluster would call it.
    const int ToItsBus = 10_000;

    readonly TemporaryFolder _folder = new();
    readonly HeldPort _port;
    readonly HeldPort _bus;
    readonly string[] _settings;
    Process? _process;

    RedisServer(HeldPort port, HeldPort bus, string[] settings) => (_port, _bus, _settings) = (port, bus, settings);

    /// <summary>Its own until it is disposed of, also before it starts and while it is killed.</summary>
    public int Port => _port.Number;

    /// <summary>As a connection string has it.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Skips the running test where redis-server is not installed, or fails it where the servers are required.</summary>
    public static void Require()
    {
        if (FindProgram() is not null)
            return;
        const string Reason = "redis-server is not installed (Debian: apt-get install redis-server; ./test.sh does it).";
        if (Environment.GetEnvironmentVariable("LIBRARYPORTAL_REQUIRE_SERVERS") == "1")
            Assert.Fail(Reason);
        Assert.Skip(Reason);
    }

    /// <summary>Starts a server with an append-only file, or skips the test.</summary>
    /// <param name="settings">Further settings as on its command line, such as <c>"--appendfsync", "always"</c>.</param>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = Prepare(settings);
        await server.StartAsync();
        return server;
    }

    /// <summary>Chooses a port without starting anything there yet, or skips the test.</summary>
    public static RedisServer Prepare(params string[] settings)
    {
        Require();
        while (true)
        {
            var port = new HeldPort();
            if (FindBus(port) is { } bus)
                return new RedisServer(port, bus, settings);
            port.Dispose();
        }
    }

    /// <summary>Starts it, again if need be, with what its files hold. Returns once it takes connections.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(FindProgram()!)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            ArgumentList =
            {
                "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder.Path, "--save", "", "--appendonly", "yes", "--daemonize", "no",
            },
        };
        foreach (var setting in _settings)
            start.ArgumentList.Add(setting);

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new StringBuilder();
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) =>
        {
            lock (output)
                output.AppendLine(line.Data);
            if (line.Data?.Contains("Ready to accept connections", StringComparison.Ordinal) == true)
                ready.TrySetResult();
        };
        _process.Exited += (_, _) =>
        {
            lock (output)
                ready.TrySetException(new InvalidOperationException($"redis-server ended:\n{output}"));
        };
        _process.Start();
        _process.BeginOutputReadLine();
        await ready.Task.WaitAsync(Eventually.Deadline);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGSTOP: connections stay open, nothing is answered.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync() => SignalAsync("-CONT");

    /// <summary>What its clients ask of it in a stretch of time, one line each; what scripts do inside is left out.</summary>
    public async Task<IReadOnlyList<string>> WatchAsync(TimeSpan time)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("*1\r\n$7\r\nMONITOR\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Assert.Equal("+OK", await reader.ReadLineAsync());
        using var over = new CancellationTokenSource(time, TimeProvider.System);
        List<string> asked = [];
        try
        {
            while (await reader.ReadLineAsync(over.Token) is { } line)
            {
                if (!line.Contains(" lua] ", StringComparison.Ordinal))
                    asked.Add(line);
            }
        }
        catch (OperationCanceledException)
        {
            // Watched long enough.
        }

        return asked;
    }

    /// <summary>Sends one command over a connection of its own and returns the reply as the protocol has it.</summary>
    public async Task<string> CommandAsync(params string[] words)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await using var stream = client.GetStream();
        var command = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
        foreach (var word in words)
            command.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command.ToString()));
        await stream.WriteAsync("*1\r\n$4\r\nQUIT\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var reply = await reader.ReadToEndAsync();
        const string Farewell = "+OK\r\n";
        return reply.EndsWith(Farewell, StringComparison.Ordinal) ? reply[..^Farewell.Length] : reply;
    }

    /// <summary>The keys that match a pattern.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(string pattern) =>
        [.. (await CommandAsync("KEYS", pattern)).Split("\r\n").Where(static line => line.Length > 0 && line[0] is not ('*' or '$'))];

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _port.Dispose();
        _bus.Dispose();
        _folder.Dispose();
    }

    async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    static HeldPort? FindBus(HeldPort port)
    {
        try
        {
            return port.Number + ToItsBus <= IPEndPoint.MaxPort ? new HeldPort(port.Number + ToItsBus) : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    static string? FindProgram() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server"))
        .FirstOrDefault(File.Exists);
}
