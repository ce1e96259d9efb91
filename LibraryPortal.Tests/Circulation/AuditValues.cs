using System.Text.Json;

namespace LibraryPortal.Tests.Circulation;

/// <summary>Reads the values of an audit entry.</summary>
static class AuditValues
{
    /// <summary>Each value it tells, as text.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> All(string? json)
    {
        using var values = JsonDocument.Parse(json ?? "{}");
        return [.. values.RootElement.EnumerateObject().Select(value => KeyValuePair.Create(value.Name, value.Value.ValueKind == JsonValueKind.Null ? null : value.Value.ToString()))];
    }

    /// <summary>The state it tells; null when it tells none.</summary>
    public static string? State(string? json)
    {
        if (json is null)
            return null;
        using var values = JsonDocument.Parse(json);
        return values.RootElement.TryGetProperty("state", out var state) ? state.GetString() : null;
    }
}
