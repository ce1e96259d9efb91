using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LibraryPortal.Data.Bulk;

/// <summary>Inserts rows of one table as saving would, without tracking them: all columns but a key the database gives.</summary>
internal sealed class BulkTable<T> : IDisposable
    where T : class
{
    readonly BulkStatement _insert;
    readonly (IProperty Property, ValueConverter? Converter, string Name)[] _columns;
    readonly object?[] _values;

    public BulkTable(PortalDbContext database)
    {
        var type = database.Model.FindEntityType(typeof(T))!;
        var sql = database.GetService<ISqlGenerationHelper>();
        var table = StoreObjectIdentifier.Table(type.GetTableName()!);
        _columns = [.. type.GetProperties().Where(property => !(property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd))
            .Select(property => (property, property.GetTypeMapping().Converter, property.Name))];
        _values = new object?[_columns.Length];
        _insert = new BulkStatement((SqliteConnection)database.Database.GetDbConnection(),
            $"INSERT INTO {sql.DelimitIdentifier(table.Name)} ({string.Join(", ", _columns.Select(column => sql.DelimitIdentifier(column.Property.GetColumnName(table)!)))}) " +
            $"VALUES ({string.Join(", ", _columns.Select((_, i) => $"?{i + 1}"))})");
    }

    /// <param name="others">Values that do not stand in the row itself, by the names of their properties.</param>
    /// <returns>The number of the row.</returns>
    public long Insert(T row, IReadOnlyDictionary<string, object?> others)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var (property, converter, name) = _columns[i];
            var value = others.TryGetValue(name, out var other) ? other : property.IsShadowProperty() ? null : property.GetGetter().GetClrValue(row);
            _values[i] = value is null || converter is null ? value : converter.ConvertToProvider(value);
        }

        _insert.Run(_values);
        return _insert.LastRow;
    }

    public void Dispose() => _insert.Dispose();
}
