using System.Text.Json;
using System.Text.Json.Serialization;

namespace LibraryPortal.Jobs;

/// <summary>How arguments and results are written: web defaults, enums as words, nulls left out.</summary>
public static class JobJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
