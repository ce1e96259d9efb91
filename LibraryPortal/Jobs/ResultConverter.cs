using System.Text.Json;
using System.Text.Json.Serialization;

namespace LibraryPortal.Jobs;

/// <summary>Tells a result that is null from none at all, which is left out.</summary>
internal sealed class ResultConverter : JsonConverter<JsonElement?>
{
    public override bool HandleNull => true;

    public override JsonElement? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement? value, JsonSerializerOptions options)
    {
        if (value is { } result)
            result.WriteTo(writer);
        else
            writer.WriteNullValue();
    }
}
