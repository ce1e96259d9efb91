using LibraryPortal.Data.Numbers;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LibraryPortal.Data.Migrations.Sqlite;

/// <summary>What the rows of the first schema need in the second one. A migration of its own, because SQLite rebuilds altered tables at a migration's end.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261122190257_LibraryRows")]
public sealed class LibraryRows : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) => EnrollAccounts(migrationBuilder);

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        // The rows go with their tables.
    }

    // Every account gets a profile and a card, in the order of their making; closed ones belong to nobody. The check digit is Luhn's, as in CardNumber:
    // from the right, every other digit counts double, and a double above 9 loses 9.
    static void EnrollAccounts(MigrationBuilder migration)
    {
        migration.Sql("""
            INSERT INTO Patrons (UserId, CardNumber, Name, Category, IsActive, KeepsHistory, CreatedAt, Version)
            SELECT Id, Body || ((10 - (
                       (SELECT SUM(CASE WHEN Place % 2 = 0 AND Digit > 4 THEN Digit * 2 - 9 WHEN Place % 2 = 0 THEN Digit * 2 ELSE Digit END)
                        FROM (SELECT value AS Place, CAST(substr(Body, 10 - value, 1) AS INTEGER) AS Digit FROM json_each('[0,1,2,3,4,5,6,7,8,9]')))
                   ) % 10) % 10),
                   Name, CASE WHEN IsStaff THEN 'Staff' ELSE 'Adult' END, 1, 0, CreatedAt, 0
            FROM (
                SELECT Id, CreatedAt, COALESCE(NULLIF(DisplayName, ''), UserName, '') AS Name,
                       '2' || printf('%09d', ROW_NUMBER() OVER (ORDER BY CreatedAt, Id)) AS Body,
                       EXISTS (SELECT 1 FROM AspNetUserRoles WHERE UserId = AspNetUsers.Id AND RoleId IN ('librarian', 'admin')) AS IsStaff
                FROM AspNetUsers
                WHERE UserName NOT LIKE 'closed-%' OR Email IS NOT NULL
            )
            """);
        migration.Sql($"""
            INSERT OR REPLACE INTO NumberSeries (Name, Last) SELECT '{NumberSeriesExtensions.Cards}', COUNT(*) FROM Patrons
            """);
    }
}
