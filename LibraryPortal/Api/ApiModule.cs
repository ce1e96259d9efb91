using System.Text.Json;
using System.Text.Json.Serialization;
using LibraryPortal.Identity.Limits;
using Microsoft.AspNetCore.Mvc;

namespace LibraryPortal.Api;

/// <summary>What all endpoints share. A slice maps its own with <see cref="MapApiGroup"/> and says only what they do.</summary>
public static class ApiModule
{
    /// <summary>The largest body any endpoint reads, in bytes.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    public static IServiceCollection AddPortalApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        // The classic tutorial's names (book_name, access_token) are the API's naming; the members of the records need not repeat it.
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        });
        services.AddApiDescription();
        services.AddSingleton<AllowedMethods>();
        // A body that cannot be read is explained by ApiErrors instead of answered with an empty 400.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services;
    }

    /// <summary>Explains the API's errors; stands before everything that may refuse a request.</summary>
    public static IApplicationBuilder UseApiErrors(this IApplicationBuilder app) =>
        app.UseWhen(IsApi, branch => branch.UseMiddleware<ApiErrors>());

    public static void MapPortalApi(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi();

    /// <summary>A group under <c>/api</c>: needs an access token (a cookie is never enough), has the common limits, and answers errors as problem details.</summary>
    /// <param name="tag">The heading in the API's description.</param>
    public static RouteGroupBuilder MapApiGroup(this IEndpointRouteBuilder endpoints, string tag) =>
        endpoints.MapGroup("/api")
            .WithTags(tag)
            .RequireAuthorization()
            .RequireRateLimiting(RateLimits.Api)
            // Bearer tokens are not sent by a browser on its own, so there is nothing to forge.
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Whether a request is for the API: bearer tokens only, problem details instead of pages.</summary>
    public static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);
}
