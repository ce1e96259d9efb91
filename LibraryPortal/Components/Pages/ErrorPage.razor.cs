using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;

namespace LibraryPortal.Components.Pages;

/// <summary>What people see when an answer could not be made.</summary>
public sealed partial class ErrorPage
{
    [Inject]
    ILogger<ErrorPage> Log { get; set; } = default!;

    [CascadingParameter]
    HttpContext? HttpContext { get; set; }

    // Null for those who came here without an error.
    IExceptionHandlerPathFeature? Error => HttpContext?.Features.Get<IExceptionHandlerPathFeature>();

    string? Reference => Error is null ? null : HttpContext?.TraceIdentifier;

    // The error itself was logged before; this ties it to what its reader was told.
    protected override void OnInitialized()
    {
        if (Error is { } error)
            LogShown(Log, error.Path, Reference, error.Error.Message);
    }

    [LoggerMessage(EventId = 5201, Level = LogLevel.Error, Message = "{Path} failed; whoever asked was told reference {Reference}. {Reason}")]
    static partial void LogShown(ILogger log, string path, string? reference, string reason);
}
