using System.Text.Json;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Results live in the store; a large one belongs in a file or a table, with its id as the result.</summary>
internal static class ResultLimit
{
    /// <returns>Null when the result may be kept.</returns>
    public static string? Describe(JsonElement result, int maxBytes)
    {
        var bytes = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(result).Length;
        return bytes <= maxBytes ? null : $"The result takes {bytes:N0} bytes; at most {maxBytes:N0} are allowed. Store the data and return its id.";
    }
}
