namespace LibraryPortal.Api;

/// <summary>Words for errors that the framework answers without a body.</summary>
internal static class EmptyAnswers
{
    public static string Explain(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => "The request cannot be read as it is.",
        StatusCodes.Status403Forbidden => "Your account may not do this.",
        StatusCodes.Status404NotFound => $"There is nothing at {context.Request.Path}. /openapi/v1.json lists what there is.",
        StatusCodes.Status405MethodNotAllowed => $"{context.Request.Path} does not answer to {context.Request.Method}, only to {context.Response.Headers.Allow}.",
        StatusCodes.Status413PayloadTooLarge => BadRequests.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => BadRequests.NotJson,
        _ => "The request was not carried out.",
    };
}
