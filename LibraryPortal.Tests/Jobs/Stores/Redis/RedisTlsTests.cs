using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>Redis over TLS: the connections of the library, and the heart's own.</summary>
public sealed class RedisTlsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly HeldPort _port = new();

    public void Dispose()
    {
        _port.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task CertificateThatIsTrusted_EveryConnectionUsesIt_TheBeatsToo()
    {
        var (server, address) = await StartAsync();
        await using var running = server;

        // The real engine, whose worker takes no job before its heart has beaten.
        var (exitCode, output) = await PortalProcess.RunWithAsync(
            ("SSL_CERT_FILE", _folder.File("cert.pem")), "bench", "queue", "--store", "redis", "--redis", address, "--jobs", "1000", "--brief");

        Assert.True(exitCode == 0, output);
        Assert.Contains("drain, to the last ack", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CertificateThatNobodyTrusts_IsNamedAsTheCause()
    {
        var (server, address) = await StartAsync();
        await using var running = server;
        await using var store = RedisStores.Open(address, "lp");

        // By the library's connections and by the heart's own, in the same words: an outage has one cause.
        var told = await SentenceAsync(() => store.CheckAsync(CancellationToken.None));
        Assert.Equal(told, await SentenceAsync(() => store.BeatAsync("w")));
        Assert.Equal(told, store.Outage);

        Task<string> SentenceAsync(Func<Task> call) => SaysAsync(call, $"TLS with Redis at {address.Split(',')[0]} comes to nothing (");
    }

    // On a busy machine a handshake may take longer than the store waits: then it says so at first.
    static async Task<string> SaysAsync(Func<Task> call, string beginning)
    {
        var said = "";
        await Eventually.HoldsAsync($"it is said that {beginning}…", async () =>
        {
            said = (await Assert.ThrowsAsync<JobStoreUnavailableException>(call)).Message;
            return said.StartsWith(beginning, StringComparison.Ordinal);
        });
        return said;
    }

    async Task<(RedisServer Server, string Address)> StartAsync()
    {
        await WriteCertificateAsync();
        var port = _port.Number.ToString(CultureInfo.InvariantCulture);
        var server = RedisServer.Prepare(
            "--tls-port", port, "--tls-cert-file", _folder.File("cert.pem"), "--tls-key-file", _folder.File("key.pem"), "--tls-ca-cert-file", _folder.File("cert.pem"), "--tls-auth-clients", "no");
        await server.StartAsync();
        return (server, $"localhost:{port},ssl=true");
    }

    async Task WriteCertificateAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        await File.WriteAllTextAsync(_folder.File("cert.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(_folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
