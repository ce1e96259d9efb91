using Microsoft.Net.Http.Headers;

namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>Where browsers get uploaded covers. Everybody may see them, as the catalogue they belong to.</summary>
internal static class CoversApi
{
    public static void MapCovers(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/covers/{file}", Send).ExcludeFromDescription();

    static IResult Send(string file, HttpContext http, CoverFiles files)
    {
        if (files.Find(file) is not { } path)
            return TypedResults.NotFound();
        // The name is the hash of the content, so a browser need never ask again.
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.PhysicalFile(path, PictureFormats.ContentTypeOf(file), entityTag: new EntityTagHeaderValue($"\"{Path.GetFileNameWithoutExtension(file)}\""));
    }
}
