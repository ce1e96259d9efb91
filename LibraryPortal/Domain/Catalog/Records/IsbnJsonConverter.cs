using System.Text.Json;
using System.Text.Json.Serialization;

namespace LibraryPortal.Domain.Catalog.Records;

/// <summary>An ISBN in JSON is its 13 digits.</summary>
internal sealed class IsbnJsonConverter : JsonConverter<Isbn>
{
    public override Isbn Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Isbn.TryParse(reader.GetString(), out var isbn) ? isbn : throw new JsonException("Not an ISBN.");

    public override void Write(Utf8JsonWriter writer, Isbn value, JsonSerializerOptions options) => writer.WriteStringValue(value.Thirteen);
}
