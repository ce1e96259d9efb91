using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LibraryPortal.Data.Configurations;

/// <summary>A short list of values in one column, as JSON. An empty list is an empty text, which is also what rows from before the column have.</summary>
internal sealed class JsonListConverter<T>() : ValueConverter<IReadOnlyList<T>, string>(list => Write(list), text => Read(text))
{
    static string Write(IReadOnlyList<T> list) => list.Count == 0 ? "" : JsonSerializer.Serialize(list);

    static T[] Read(string text) => text.Length == 0 ? [] : JsonSerializer.Deserialize<T[]>(text)!;
}
