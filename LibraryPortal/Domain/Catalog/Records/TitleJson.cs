using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LibraryPortal.Domain.Catalog.Records;

/// <summary>The details of a title as JSON, without what is not known.</summary>
public static class TitleJson
{
    static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // It is stored, never put into a page as it is; Arabic titles stay legible and short.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new IsbnJsonConverter() },
    };

    public static string Write(TitleDetails details) => JsonSerializer.Serialize(details, Options);

    /// <exception cref="JsonException">The text is not what <see cref="Write"/> wrote.</exception>
    public static TitleDetails Read(string json) => JsonSerializer.Deserialize<TitleDetails>(json, Options)!;
}
