using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using LibraryPortal.Hosting;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace LibraryPortal.Tests.Hosting;

/// <summary>Export to an OpenTelemetry collector, played by a small web server.</summary>
public sealed class TelemetryTests
{
    // What no test but these listens to.
    const string WebSource = "Microsoft.AspNetCore", WebMeter = "Microsoft.AspNetCore.Hosting";

    [Theory]
    [InlineData(null, "opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "opentelemetry.proto.collector.trace.v1.TraceService/Export")]
    [InlineData("grpc", "opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "opentelemetry.proto.collector.trace.v1.TraceService/Export")]
    [InlineData("http/protobuf", "v1/metrics", "v1/traces")]
    public async Task WithAnEndpoint_MetricsAndTracesArriveThere(string? protocol, string metrics, string traces)
    {
        ConcurrentDictionary<string, string> received = new();
        await using var collector = Collector(received, protocol == "http/protobuf" ? HttpProtocols.Http1 : HttpProtocols.Http2);
        await collector.StartAsync();
        List<(string, string)> settings = [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()), ("OTEL_SERVICE_NAME", "portal-under-test")];
        if (protocol is not null)
            settings.Add(("OTEL_EXPORTER_OTLP_PROTOCOL", protocol));
        var telemetry = new Telemetry(Settings([.. settings]));

        await ExportAsync(telemetry);

        Assert.Contains("jobs.batch.size", received[metrics], StringComparison.Ordinal);
        Assert.Contains("enqueue", received[traces], StringComparison.Ordinal);
        Assert.Contains("portal-under-test", received[traces], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portal_ToldOfAnEndpoint_ExportsFromBeforeItDoesAnythingElse()
    {
        using var data = new TemporaryDirectory();
        ConcurrentDictionary<string, string> received = new();
        await using var collector = Collector(received, HttpProtocols.Http2);
        await collector.StartAsync();
        await using var portal = PortalHost.Build(
            PortalRole.All, ["--DataDirectory", data.Path, "--OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First(), "--Logging:LogLevel:Default", "None"]);

        await ExportAsync(Assert.IsType<Telemetry>(portal.Services.GetServices<IHostedService>().First()));

        Assert.Contains(received.Values, static sent => sent.Contains("jobs.batch.size", StringComparison.Ordinal));
        Assert.All(received.Values, static sent => Assert.Contains("libraryportal", sent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WithoutAnEndpoint_NothingListensForIt()
    {
        var telemetry = new Telemetry(Settings());

        await telemetry.StartAsync(default);

        Assert.Equal((false, false), Listeners());
        await telemetry.StopAsync(default);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost", "expected an address such as http://localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "expected grpc or http/protobuf")]
    public void WrongSettings_AreNamed(string key, string value, string expected) =>
        Assert.Contains(expected, Assert.Throws<SettingException>(() => Telemetry.Check(Settings((key, value)))).Message, StringComparison.Ordinal);

    static async Task ExportAsync(Telemetry telemetry)
    {
        telemetry.LastWords = Eventually.Deadline;
        await telemetry.StartAsync(default);
        using (JobTracing.StartEnqueue())
            JobMetrics.Batch("enqueue", 3);
        Assert.Equal((true, true), Listeners());
        await telemetry.StopAsync(default);
    }

    static (bool Traces, bool Metrics) Listeners()
    {
        using var source = new ActivitySource(WebSource);
        using var meter = new Meter(WebMeter);
        return (source.HasListeners(), meter.CreateCounter<long>("test.counter").Enabled);
    }

    static WebApplication Collector(ConcurrentDictionary<string, string> received, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.MapPost("/{**path}", async (string path, HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(path, _ => Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
            if (protocols == HttpProtocols.Http1)
                return;
            // An empty message of gRPC, and that all is well.
            http.Response.ContentType = "application/grpc";
            http.Response.DeclareTrailer("grpc-status");
            await http.Response.Body.WriteAsync(new byte[5]);
            http.Response.AppendTrailer("grpc-status", "0");
        });
        return collector;
    }

    static IConfigurationRoot Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => (string?)one.Value)).Build();
}
