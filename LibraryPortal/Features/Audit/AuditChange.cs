using System.Globalization;
using System.Text.Json;
using LibraryPortal.Domain.Calendar;

namespace LibraryPortal.Features.Audit;

/// <summary>One changed value, before and after, as it is read.</summary>
internal sealed record AuditChange(string Name, string? Before, string? After)
{
    /// <summary>The values of an entry; those of a new or a removed thing have one side only.</summary>
    /// <param name="zone">In which moments are told.</param>
    public static IReadOnlyList<AuditChange> Of(string? before, string? after, LibraryZone zone)
    {
        var (old, current) = (Read(before, zone), Read(after, zone));
        return [.. old.Keys.Union(current.Keys).Select(name => new AuditChange(Words(name), old.GetValueOrDefault(name), current.GetValueOrDefault(name)))];
    }

    static Dictionary<string, string?> Read(string? json, LibraryZone zone)
    {
        if (json is null)
            return [];
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => Say(property.Value, zone))
            : new Dictionary<string, string?> { ["value"] = document.RootElement.ToString() };
    }

    static string? Say(JsonElement value, LibraryZone zone) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 19 } text && text[10] == 'T' && value.TryGetDateTimeOffset(out var moment) =>
            $"{zone.Say(moment)}, {TimeZoneInfo.ConvertTime(moment, zone.Zone).ToString("HH:mm", CultureInfo.InvariantCulture)}",
        JsonValueKind.String when DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => LibraryZone.Say(day),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.ToString(),
    };

    // collectBy becomes "Collect by".
    static string Words(string name)
    {
        var spaced = string.Concat(name.Select((letter, index) => index > 0 && char.IsUpper(letter) && name[index - 1] != ' ' ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
        return char.ToUpperInvariant(spaced[0]) + spaced[1..];
    }
}
