using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LibraryPortal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RestedDays : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "RestedDays",
                table: "Requests",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Fingerprint",
                table: "ImportedItems",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_ImportedItems_Fingerprint",
                table: "ImportedItems",
                column: "Fingerprint",
                filter: "\"Fingerprint\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ImportedItems_Key",
                table: "ImportedItems",
                column: "Key");

            // What a reader's step did to copies and to others' requests bore the reader's name, which nothing forgot.
            migrationBuilder.Sql("""
                UPDATE Audit SET ActorId = NULL, ActorName = 'The portal'
                WHERE ActorId IS NOT NULL AND Action IN ('copy.released', 'copy.set-aside', 'request.ready')
                  AND NOT EXISTS (SELECT 1 FROM AspNetUserRoles WHERE UserId = Audit.ActorId AND RoleId IN ('librarian', 'admin'))
                  AND NOT EXISTS (SELECT 1 FROM Requests WHERE Audit.SubjectKind = 'Request' AND Requests.Id = upper(Audit.SubjectId) AND Requests.PatronId = Audit.ActorId)
                """);
            // Until now a longer life was the only trace of the days of a pause; 864000000000 ticks are a day.
            migrationBuilder.Sql("""
                UPDATE Requests SET RestedDays = MAX(0, (ExpiresAt - RequestedAt) / 864000000000 - (
                    SELECT RequestDays FROM Patrons JOIN LendingPolicies ON LendingPolicies.Category = Patrons.Category WHERE Patrons.UserId = Requests.PatronId))
                WHERE NeededUntil IS NULL AND State IN ('Pending', 'Queued', 'Paused')
                  AND EXISTS (SELECT 1 FROM Patrons JOIN LendingPolicies ON LendingPolicies.Category = Patrons.Category WHERE Patrons.UserId = Requests.PatronId)
                """);
            // A stopped undo stood as a stopped import, which could go on as if nothing were gone.
            migrationBuilder.Sql("UPDATE Imports SET State = 'UndoStopped' WHERE State = 'Stopped' AND Counts_Removed > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ImportedItems_Fingerprint",
                table: "ImportedItems");

            migrationBuilder.DropIndex(
                name: "IX_ImportedItems_Key",
                table: "ImportedItems");

            // Said in SQL: a rebuild of the tables would need the model of the migration before, which has none.
            migrationBuilder.Sql("ALTER TABLE \"Requests\" DROP COLUMN \"RestedDays\"");
            migrationBuilder.Sql("ALTER TABLE \"ImportedItems\" DROP COLUMN \"Fingerprint\"");
            migrationBuilder.Sql("UPDATE Imports SET State = 'Stopped' WHERE State = 'UndoStopped'");
        }
    }
}
