using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace LibraryPortal.Data.Audit;

/// <summary>Says what a change in the making does to a row: the values that differ, before and after. Names of readers are left out.</summary>
internal sealed class RowDifference
{
    // Whose it is stands in the row as long as it may; what only repeats the change itself says nothing.
    static readonly HashSet<string> Untold = ["Id", "UserId", "PatronId", "Version", "BookKey", "FoldedName", "Number", "ForgottenAt", "RestedDays"];

    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Dictionary<object, Dictionary<string, object?>> _told = new(ReferenceEqualityComparer.Instance);

    /// <summary>What changed since it was last asked about this row, or else since the row was read.</summary>
    public (string? Before, string? After) Of(EntityEntry entry)
    {
        var isNew = entry.State == EntityState.Added && !_told.ContainsKey(entry.Entity);
        var known = _told.GetValueOrDefault(entry.Entity) ?? (isNew ? [] : Values(entry, entry.OriginalValues));
        var current = Values(entry, entry.CurrentValues);
        _told[entry.Entity] = current;
        var before = new JsonObject();
        var after = new JsonObject();
        foreach (var (name, value) in current)
        {
            var old = known.GetValueOrDefault(name);
            if (Equals(old, value))
                continue;
            var key = JsonNamingPolicy.CamelCase.ConvertName(name);
            before[key] = Node(old);
            after[key] = Node(value);
        }

        return (isNew ? null : before.ToJsonString(Readable), after.ToJsonString(Readable));
    }

    static Dictionary<string, object?> Values(EntityEntry entry, PropertyValues values) =>
        entry.Metadata.GetProperties().Where(property => !Untold.Contains(property.Name)).ToDictionary(property => property.Name, property => values[property]);

    static JsonNode? Node(object? value) => value switch
    {
        null => null,
        Enum word => JsonValue.Create(word.ToString()),
        _ => JsonSerializer.SerializeToNode(value, Readable),
    };
}
