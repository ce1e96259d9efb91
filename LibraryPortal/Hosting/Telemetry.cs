using LibraryPortal.Jobs.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LibraryPortal.Hosting;

/// <summary>Sends metrics and traces to an OpenTelemetry collector where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one. Without it nothing listens and nothing is spent.</summary>
/// <remarks>Started by the host before what it is to hear of; when the host stops, what is left is sent.</remarks>
internal sealed class Telemetry(IConfiguration configuration) : IHostedService
{
    const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT", ProtocolSetting = "OTEL_EXPORTER_OTLP_PROTOCOL";

    TracerProvider? _traces;
    MeterProvider? _metrics;

    /// <exception cref="SettingException">The endpoint or the protocol cannot be used.</exception>
    public static void Check(IConfiguration configuration)
    {
        if (configuration[EndpointSetting] is { Length: > 0 } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            throw new SettingException($"{EndpointSetting} is '{endpoint}'; expected an address such as http://localhost:4317.");
        if (configuration[ProtocolSetting] is { Length: > 0 } protocol and not ("grpc" or "http/protobuf"))
            throw new SettingException($"{ProtocolSetting} is '{protocol}'; expected grpc or http/protobuf.");
    }

    /// <summary>How long what is left may take to be sent, metrics and traces each. Default: 5 s.</summary>
    public TimeSpan LastWords { get; set; } = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration[EndpointSetting] is not { Length: > 0 } endpoint)
            return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault().AddService(configuration["OTEL_SERVICE_NAME"] ?? "libraryportal");
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(JobTracing.SourceName, "Microsoft.AspNetCore")
            .AddOtlpExporter(export => Direct(export, endpoint, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(JobMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter((export, _) => Direct(export, endpoint, "v1/metrics"))
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.Shutdown((int)LastWords.TotalMilliseconds);
            _metrics?.Shutdown((int)LastWords.TotalMilliseconds);
            _traces?.Dispose();
            _metrics?.Dispose();
        }, cancellationToken);

    void Direct(OtlpExporterOptions export, string endpoint, string path)
    {
        var isHttp = configuration[ProtocolSetting] == "http/protobuf";
        export.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        // Set in code, the address is taken as it is; the path belongs to the protocol.
        export.Endpoint = new Uri(isHttp ? $"{endpoint.TrimEnd('/')}/{path}" : endpoint);
    }
}
