using System.Text.Json;

namespace LibraryPortal.Collection;

/// <summary>Small JSON objects for the audit.</summary>
internal static class AuditJson
{
    public static string Of(params (string Name, string? Value)[] values) => JsonSerializer.Serialize(values.ToDictionary(pair => pair.Name, pair => pair.Value));
}
