using LibraryPortal.Domain;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Identity;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace LibraryPortal.Features.Import;

/// <summary>Where a browser sends files to and downloads findings from. An upload goes straight to disk: it is never held in memory, whatever its size.</summary>
internal static class ImportApi
{
    public const string UploadPath = "/staff/import/upload";

    /// <summary>What a form adds to the file, in bytes.</summary>
    const int FormOverhead = 64 * 1024;

    public static void MapImportApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(UploadPath, UploadAsync).RequireAuthorization(Policies.Staff).ExcludeFromDescription();
        endpoints.MapGet("/staff/import/{id:int}/findings", FindingsAsync).RequireAuthorization(Policies.Staff).ExcludeFromDescription();
    }

    static async Task<IResult> UploadAsync(
        HttpContext http, IAntiforgery antiforgery, ReceiveImport receive, IOptions<ImportOptions> options, CancellationToken cancellationToken)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.Value.MaxBytes + FormOverhead;
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            return Say(new Refusal(RefusalKind.Invalid, "Send the file as a form.", "import-form"));
        try
        {
            return await ReadAsync(http, new MultipartReader(boundary, http.Request.Body), antiforgery, receive, cancellationToken);
        }
        catch (AntiforgeryValidationException)
        {
            return Say(new Refusal(RefusalKind.Forbidden, "This form is too old. Reload the page and choose the file again.", "form-expired"));
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Say(ReceiveImport.TooLarge(options.Value));
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException or IOException)
        {
            return Say(new Refusal(RefusalKind.Invalid, "The file did not arrive whole. Send it again.", "import-form"));
        }
    }

    // The parts come in the order of the form: token, kind, file. Reading the form as the framework does would write the file to disk twice.
    static async Task<IResult> ReadAsync(HttpContext http, MultipartReader form, IAntiforgery antiforgery, ReceiveImport receive, CancellationToken cancellationToken)
    {
        var isValidated = false;
        ImportKind? kind = null;
        while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part))
                continue;
            var name = HeaderUtilities.RemoveQuotes(part.Name).Value;
            if (name == "__RequestVerificationToken")
            {
                http.Request.Headers["RequestVerificationToken"] = await section.ReadAsStringAsync(cancellationToken);
                await antiforgery.ValidateRequestAsync(http);
                isValidated = true;
            }
            else if (name == "kind" && Enum.TryParse<ImportKind>(await section.ReadAsStringAsync(cancellationToken), out var chosen) && Enum.IsDefined(chosen))
            {
                kind = chosen;
            }
            else if (name == "file" && isValidated && kind is { } known)
            {
                var fileName = HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value ?? "";
                var received = await receive.RunAsync(Caller.From(http.User), known, fileName, section.Body, cancellationToken);
                return received.IsAllowed ? TypedResults.Text($"/staff/import/{received.Value}") : Say(received.Refusal);
            }
        }

        if (!isValidated)
            await antiforgery.ValidateRequestAsync(http);
        return Say(new Refusal(RefusalKind.Invalid, "Choose a file.", "import-form"));
    }

    static async Task<IResult> FindingsAsync(int id, HttpContext http, ViewImport view, CancellationToken cancellationToken)
    {
        var file = await view.FindingsAsync(Caller.From(http.User), id, cancellationToken);
        if (!file.IsAllowed)
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(
            stream => FindingTable.WriteAsync(stream, FindingReader.ReadAsync(file.Value.Path, null, http.RequestAborted), http.RequestAborted),
            "text/csv; charset=utf-8", file.Value.Name);
    }

    static ContentHttpResult Say(Refusal refusal) => TypedResults.Text(refusal.Message, statusCode: refusal.Kind == RefusalKind.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest);
}
