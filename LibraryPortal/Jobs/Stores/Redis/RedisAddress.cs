using System.Diagnostics.CodeAnalysis;
using System.Net;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Where Redis is and how to connect to it, from a connection string as StackExchange.Redis understands it. Never shows the password.</summary>
internal sealed class RedisAddress
{
    const string Expected = "expected HOST:PORT with options after commas, such as 'localhost:6379' or 'redis.example.org:6380,password=…,ssl=true'.";

    readonly string _connectionString;

    RedisAddress(string connectionString, EndPoint[] endPoints)
    {
        _connectionString = connectionString;
        EndPoints = endPoints;
        Text = string.Join(", ", endPoints.Select(Describe));
    }

    public EndPoint[] EndPoints { get; }

    /// <summary>Hosts and ports, for messages.</summary>
    public string Text { get; }

    /// <exception cref="ArgumentException">It cannot be used; the message is a sentence for the operator.</exception>
    public static RedisAddress Parse(string connectionString) =>
        TryParse(connectionString, out var address, out var error) ? address : throw new ArgumentException(error, nameof(connectionString));

    /// <param name="error">Why it cannot be used, in a sentence for the operator.</param>
    public static bool TryParse(string connectionString, [NotNullWhen(true)] out RedisAddress? address, [NotNullWhen(false)] out string? error)
    {
        address = null;
        error = null;
        if (connectionString.Contains("://", StringComparison.Ordinal))
        {
            error = $"ConnectionStrings:Redis is a URL; {Expected}";
            return false;
        }

        try
        {
            var options = ConfigurationOptions.Parse(connectionString);
            options.SetDefaultPorts();
            if (options.EndPoints.Count == 0)
                error = $"ConnectionStrings:Redis names no host; {Expected}";
            else
                address = new RedisAddress(connectionString, [.. options.EndPoints]);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or OverflowException)
        {
            // The library names the option that is wrong; the part of its message after that may quote values.
            error = $"ConnectionStrings:Redis cannot be read ({FirstLine(wrong.Message)}); {Expected}";
        }

        return address is not null;
    }

    /// <summary>Fresh options for one connection: what the operator set, and what the store needs.</summary>
    public ConfigurationOptions Options(string clientName)
    {
        var options = ConfigurationOptions.Parse(_connectionString);
        options.SetDefaultPorts();
        options.AbortOnConnectFail = false;
        options.ClientName = clientName;
        // Without this a lost connection is tried again only every five seconds.
        options.ReconnectRetryPolicy = new LinearRetry(250);
        options.ConnectTimeout = Math.Min(options.ConnectTimeout, 2_000);
        // The library waits as long again for each further try of the first connection, where nothing answers: whoever asked has gone by then.
        options.ConnectRetry = 1;
        options.TieBreaker = "";
        return options;
    }

    static string FirstLine(string message) => message.Split(['\r', '\n'], 2)[0].TrimEnd('.');

    static string Describe(EndPoint endPoint) => endPoint switch
    {
        DnsEndPoint dns => $"{dns.Host}:{dns.Port}",
        _ => endPoint.ToString() ?? "",
    };
}
