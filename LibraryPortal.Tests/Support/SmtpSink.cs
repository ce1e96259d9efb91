using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LibraryPortal.Tests.Support;

/// <summary>A small mail server on a free port of 127.0.0.1 that keeps what it is given. Started by the test, stopped with it.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentQueue<string> _mails = new();
    readonly SemaphoreSlim _arrived = new(0);
    readonly Task _loop;

    public SmtpSink()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _loop = ListenAsync();
    }

    public int Port { get; }

    /// <summary>The raw mails, headers first.</summary>
    public IReadOnlyList<string> Mails => [.. _mails];

    /// <summary>What it says to every recipient; a code from 400 refuses.</summary>
    public string RecipientReply { get; set; } = "250 fine";

    /// <summary>Waits for one more mail.</summary>
    public async Task WaitAsync(TimeSpan timeout) => Assert.True(await _arrived.WaitAsync(timeout), "No mail arrived.");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _listener.Stop();
        _stop.Dispose();
        _arrived.Dispose();
    }

    async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    await ServeAsync(client);
                }
                catch (Exception error) when (error is IOException or SocketException)
                {
                    // Whoever hangs up in the middle comes again.
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var command = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (command)
            {
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    await ReadMailAsync(reader);
                    await writer.WriteLineAsync("250 kept");
                    break;
                case "RCPT":
                    await writer.WriteLineAsync(RecipientReply);
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 fine");
                    break;
            }
        }
    }

    async Task ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
            mail.Append(line).Append('\n');
        _mails.Enqueue(mail.ToString());
        _arrived.Release();
    }
}
