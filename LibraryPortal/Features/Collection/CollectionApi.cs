using LibraryPortal.Collection;
using LibraryPortal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LibraryPortal.Features.Collection;

/// <summary>Downloads of the whole catalogue for librarians, streamed.</summary>
internal static class CollectionApi
{
    public static void MapCollectionApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/staff/catalog/export.csv", (HttpContext http, ExportCatalog export) => Send(http, export, CatalogFormat.Csv, "text/csv; charset=utf-8", "catalogue.csv"))
            .RequireAuthorization(Policies.Staff).ExcludeFromDescription();
        endpoints.MapGet("/staff/catalog/export.xml", (HttpContext http, ExportCatalog export) => Send(http, export, CatalogFormat.MarcXml, "application/marcxml+xml", "catalogue.xml"))
            .RequireAuthorization(Policies.Staff).ExcludeFromDescription();
    }

    static PushStreamHttpResult Send(HttpContext http, ExportCatalog export, CatalogFormat format, string type, string name)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(stream => export.RunAsync(stream, format, null, http.RequestAborted), type, name);
    }
}
