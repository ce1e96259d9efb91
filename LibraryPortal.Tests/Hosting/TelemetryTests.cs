using System.Collections.Concurrent;
using System.Text;
using LibraryPortal.Hosting;
using LibraryPortal.Jobs.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace LibraryPortal.Tests.Hosting;

/// <summary>Export to an OpenTelemetry collector, played by a small web server.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task WithAnEndpoint_MetricsAndTracesArriveThere()
    {
        ConcurrentDictionary<string, string> received = new();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.MapPost("/{**path}", async (string path, HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(path, _ => Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync();
        var telemetry = new Telemetry(Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", "portal-under-test")));

        await telemetry.StartAsync(default);
        using (JobTracing.StartEnqueue())
            JobMetrics.Batch("enqueue", 3);
        await telemetry.StopAsync(default);

        Assert.Contains("jobs.batch.size", received["v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("enqueue", received["v1/traces"], StringComparison.Ordinal);
        Assert.Contains("portal-under-test", received["v1/traces"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAnEndpoint_NothingListensForIt()
    {
        var telemetry = new Telemetry(Settings());
        await telemetry.StartAsync(default);
        await telemetry.StopAsync(default);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost", "expected an address such as http://localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "expected grpc or http/protobuf")]
    public void WrongSettings_AreNamed(string key, string value, string expected) =>
        Assert.Contains(expected, Assert.Throws<SettingException>(() => Telemetry.Check(Settings((key, value)))).Message, StringComparison.Ordinal);

    static IConfigurationRoot Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => (string?)one.Value)).Build();
}
