using Microsoft.AspNetCore.Routing.Template;

namespace LibraryPortal.Api;

/// <summary>Which methods an address of the API answers to. Routing itself would say so (405), but the development server's handler for static files also
/// claims every GET and turns the answer into a 404.</summary>
internal sealed class AllowedMethods(EndpointDataSource endpoints)
{
    public IReadOnlyList<string> At(PathString path) =>
        [.. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true && Matches(endpoint, path))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    static bool Matches(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
