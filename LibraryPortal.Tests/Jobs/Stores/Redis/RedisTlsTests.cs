using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>Redis over TLS: the connections of the library, and the heart's own.</summary>
public sealed class RedisTlsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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

        var refused = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => store.CheckAsync(CancellationToken.None));

        Assert.Contains("shows a certificate that this machine does not trust", refused.Message, StringComparison.Ordinal);
    }

    async Task<(RedisServer Server, string Address)> StartAsync()
    {
        await WriteCertificateAsync();
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        probe.Stop();
        var server = await RedisServer.StartAsync(
            "--tls-port", port, "--tls-cert-file", _folder.File("cert.pem"), "--tls-key-file", _folder.File("key.pem"), "--tls-ca-cert-file", _folder.File("cert.pem"), "--tls-auth-clients", "no");
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
