using LibraryPortal.Api;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace LibraryPortal.Features.Reports;

/// <summary>Exports for API clients, and the address a browser downloads from.</summary>
internal static class ExportsApi
{
    // RFC 9745: the moment since which the GET alias is deprecated, as Unix seconds. It was so from the first day.
    const string Deprecated = "@1795305600";

    public static void MapExportsApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapApiGroup("Exports");
        api.MapPost("/export-report", StartAsync)
            .WithSummary("Export the caller's requests as CSV")
            .WithDescription("Answers at once; the job goes on. Asking again while the same report waits or runs answers with that job. `state` keeps to requests in one state.")
            .Produces<ExportAccepted>(StatusCodes.Status202Accepted);
        api.MapGet("/export-report", StartDeprecatedAsync)
            .WithSummary("Deprecated: use POST")
            .Produces<ExportAccepted>(StatusCodes.Status202Accepted)
            .WithMetadata(new ObsoleteAttribute("Use POST."));
        api.MapGet(ExportFileLink.ApiPattern, DownloadAsync)
            .WithSummary("Download a finished export")
            .Produces<byte[]>(contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status410Gone);
        endpoints.MapGet("/exports/{id:guid}/file", DownloadForPageAsync).RequireAuthorization().ExcludeFromDescription();
    }

    static async Task<IResult> StartAsync(HttpContext http, ExportMyRequests export, string? state, CancellationToken cancellationToken)
    {
        RequestState? only = null;
        if (!string.IsNullOrEmpty(state))
        {
            if (!Enum.TryParse<RequestState>(state, ignoreCase: true, out var named) || !Enum.IsDefined(named))
                return UnknownState(state).ToProblem();
            only = named;
        }

        var started = await export.RunAsync(Caller.From(http.User), only, cancellationToken);
        return started.ToHttp(accepted => TypedResults.Accepted(
            $"/api/jobs/{accepted.JobId}",
            new ExportAccepted(
                accepted.IsNew ? "The report is being made. Follow the job, or wait for the notice." : "This report is already being made; this is its job.",
                accepted.JobId)));
    }

    static Refusal UnknownState(string state) => new(
        RefusalKind.Invalid, $"'{state}' is no state of a request; expected one of {string.Join(", ", Enum.GetNames<RequestState>())}.", "state-unknown");

    static Task<IResult> StartDeprecatedAsync(HttpContext http, ExportMyRequests export, string? state, CancellationToken cancellationToken)
    {
        http.Response.Headers["Deprecation"] = Deprecated;
        http.Response.Headers.Link = "</openapi/v1.json>; rel=\"deprecation\"";
        return StartAsync(http, export, state, cancellationToken);
    }

    static async Task<IResult> DownloadAsync(Guid id, HttpContext http, OpenExportFile open, CancellationToken cancellationToken)
    {
        var file = await open.RunAsync(Caller.From(http.User), id, cancellationToken);
        return file.ToHttp(opened => Send(http, opened));
    }

    static async Task<IResult> DownloadForPageAsync(Guid id, HttpContext http, OpenExportFile open, CancellationToken cancellationToken)
    {
        var file = await open.RunAsync(Caller.From(http.User), id, cancellationToken);
        if (file.IsAllowed)
            return Send(http, file.Value);
        // The portal's own page says it for what never was; for the rest the sentence is the answer.
        return file.Refusal.Kind == RefusalKind.NotFound
            ? TypedResults.NotFound()
            : TypedResults.Text(file.Refusal.Message, statusCode: file.Refusal.Kind == RefusalKind.Gone ? StatusCodes.Status410Gone : StatusCodes.Status409Conflict);
    }

    static FileStreamHttpResult Send(HttpContext http, OpenedExport file)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        return TypedResults.Stream(file.Content, file.ContentType, file.FileName, enableRangeProcessing: true);
    }

    sealed record ExportAccepted(string Msg, JobId JobId);
}
