using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LibraryPortal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Labels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "LabelledAt",
                table: "Copies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Copies_Unlabelled",
                table: "Copies",
                column: "Barcode",
                filter: "\"LabelledAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Copies_Unlabelled",
                table: "Copies");

            // Not by rebuilding the table: the triggers of the search look into it.
            migrationBuilder.Sql("ALTER TABLE Copies DROP COLUMN LabelledAt");
        }
    }
}
