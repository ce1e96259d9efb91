using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LibraryPortal.Data.Migrations.Sqlite;

/// <summary>Copies that were there before labels were noted have theirs: the list of labels to print begins empty.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261122212855_LabelledRows")]
public sealed class LabelledRows : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        // Now, in ticks since the year 1, as all times are kept.
        migrationBuilder.Sql("UPDATE Copies SET LabelledAt = CAST(strftime('%s', 'now') AS INTEGER) * 10000000 + 621355968000000000");

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        // The values go with their column.
    }
}
