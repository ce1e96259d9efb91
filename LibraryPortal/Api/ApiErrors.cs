using LibraryPortal.Jobs;

namespace LibraryPortal.Api;

/// <summary>Sees to it that every answer of the API that is an error has a body that says why: outages, bad JSON, unknown addresses, wrong methods, bugs.</summary>
internal sealed partial class ApiErrors(RequestDelegate next, AllowedMethods methods, ILogger<ApiErrors> logger)
{
    static readonly TimeSpan OutageRest = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await Explain(context, error).ExecuteAsync(context);
            return;
        }

        if (context.Response is not { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            return;
        // Where the method is among those allowed, the form of an id in the address was wrong: nothing is there.
        if ((context.GetEndpoint() is null || context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
            && methods.At(context.Request.Path) is { Count: > 0 } allowed && !allowed.Contains(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = string.Join(", ", allowed);
        }

        await ApiProblem.Create(context.Response.StatusCode, EmptyAnswers.Explain(context)).ExecuteAsync(context);
    }

    IResult Explain(HttpContext context, Exception error)
    {
        if (error is BadHttpRequestException bad)
            return ApiProblem.Create(bad.StatusCode, BadRequests.Explain(bad));

        if (error is JobStoreUnavailableException || DatabaseOutage.Is(error))
        {
            Outage(logger, context.Request.Path, error.GetBaseException().Message);
            var clock = context.RequestServices.GetRequiredService<TimeProvider>();
            var what = error is JobStoreUnavailableException ? "The job store cannot be reached" : "The database cannot be used";
            return ApiProblem.CreateUntil(StatusCodes.Status503ServiceUnavailable, $"{what} right now. Try again in a few seconds.", clock.GetUtcNow() + OutageRest, clock);
        }

        Bug(logger, error, context.Request.Method, context.Request.Path, context.TraceIdentifier);
        return ApiProblem.Create(StatusCodes.Status500InternalServerError, $"Something went wrong here. It was noted under {context.TraceIdentifier}.");
    }

    [LoggerMessage(3001, LogLevel.Error, "{Method} {Path} failed; whoever asked was told reference {Reference}.")]
    static partial void Bug(ILogger logger, Exception error, string method, PathString path, string reference);

    [LoggerMessage(3002, LogLevel.Warning, "{Path} was refused for an outage: {Reason}")]
    static partial void Outage(ILogger logger, PathString path, string reason);
}
