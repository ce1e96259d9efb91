using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Data.Bulk;

/// <summary>
/// Inserts what was added to a context with one prepared statement per table. Saving would send a statement per row, and SQLite compiles the search
/// triggers into each of them, which takes longer than running them.
/// </summary>
public static class BulkInsert
{
    /// <summary>Inserts the added titles and copies, as saving would, and leaves the rest to it. Call it inside a transaction, before saving.</summary>
    public static async Task InsertAddedTitlesAsync(this PortalDbContext database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        database.ChangeTracker.DetectChanges();
        var detects = database.ChangeTracker.AutoDetectChangesEnabled;
        database.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            // Titles first: their numbers are given by the database, and copies need them.
            await InsertAsync<Title>(database, cancellationToken);
            await InsertAsync<Copy>(database, cancellationToken);
        }
        finally
        {
            database.ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    static async Task InsertAsync<T>(PortalDbContext database, CancellationToken cancellationToken)
        where T : class
    {
        var entries = database.ChangeTracker.Entries<T>().Where(entry => entry.State == EntityState.Added).ToList();
        if (entries.Count == 0)
            return;
        var type = database.Model.FindEntityType(typeof(T))!;
        var generated = type.FindPrimaryKey()!.Properties.SingleOrDefault(property => property.ValueGenerated == ValueGenerated.OnAdd);
        var columns = type.GetProperties().Where(property => property != generated).ToList();
        await using var command = Prepare(database, type, columns, generated);
        foreach (var entry in entries)
        {
            Fill(command, columns, entry);
            var key = await command.ExecuteScalarAsync(cancellationToken);
            if (generated is not null)
            {
                var property = entry.Property(generated);
                property.CurrentValue = Convert.ChangeType(key, generated.ClrType, System.Globalization.CultureInfo.InvariantCulture);
                property.IsTemporary = false;
            }

            entry.State = EntityState.Unchanged;
        }
    }

    static DbCommand Prepare(PortalDbContext database, IEntityType type, List<IProperty> columns, IProperty? generated)
    {
        var sql = database.GetService<ISqlGenerationHelper>();
        var table = StoreObjectIdentifier.Table(type.GetTableName()!);
        string Name(IProperty property) => sql.DelimitIdentifier(property.GetColumnName(table)!);
        var command = database.Database.GetDbConnection().CreateCommand();
        command.Transaction = database.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("Rows are inserted in bulk inside a transaction only.");
        command.CommandText = $"INSERT INTO {sql.DelimitIdentifier(table.Name)} ({string.Join(", ", columns.Select(Name))}) " +
            $"VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})" +
            (generated is null ? "" : $" RETURNING {Name(generated)}");
        for (var i = 0; i < columns.Count; i++)
            command.Parameters.Add(columns[i].GetRelationalTypeMapping().CreateParameter(command, $"$p{i}", value: null, nullable: true));
        return command;
    }

    static void Fill(DbCommand command, List<IProperty> columns, EntityEntry entry)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var value = entry.Property(columns[i]).CurrentValue;
            var converter = columns[i].GetTypeMapping().Converter;
            command.Parameters[i].Value = (value is null || converter is null ? value : converter.ConvertToProvider(value)) ?? DBNull.Value;
        }
    }
}
