using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LibraryPortal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FurtherIsbns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "FurtherIsbns",
                table: "Titles",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "FurtherSeries",
                table: "Titles",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "TitleIsbns",
                columns: table => new
                {
                    Isbn = table.Column<string>(type: "TEXT", maxLength: 13, nullable: false),
                    TitleId = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TitleIsbns", x => new { x.Isbn, x.TitleId });
                    table.ForeignKey(
                        name: "FK_TitleIsbns_Titles_TitleId",
                        column: x => x.TitleId,
                        principalTable: "Titles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_TitleIsbns_TitleId",
                table: "TitleIsbns",
                column: "TitleId");

            // An empty list is an empty text: nearly all titles cost nothing here.
            migrationBuilder.Sql("""
                CREATE TRIGGER TitleIsbnsAdded AFTER INSERT ON Titles WHEN new.FurtherIsbns <> '' BEGIN
                INSERT OR IGNORE INTO TitleIsbns (Isbn, TitleId) SELECT value, new.Id FROM json_each(new.FurtherIsbns); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER TitleIsbnsChanged AFTER UPDATE OF FurtherIsbns ON Titles WHEN new.FurtherIsbns <> old.FurtherIsbns BEGIN
                DELETE FROM TitleIsbns WHERE TitleId = new.Id;
                INSERT OR IGNORE INTO TitleIsbns (Isbn, TitleId) SELECT value, new.Id FROM json_each(new.FurtherIsbns) WHERE new.FurtherIsbns <> ''; END
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER TitleIsbnsChanged; DROP TRIGGER TitleIsbnsAdded");

            migrationBuilder.DropTable(
                name: "TitleIsbns");

            // Not by rebuilding the table: the triggers of the search look into it.
            migrationBuilder.Sql("ALTER TABLE Titles DROP COLUMN FurtherIsbns");
            migrationBuilder.Sql("ALTER TABLE Titles DROP COLUMN FurtherSeries");
        }
    }
}
