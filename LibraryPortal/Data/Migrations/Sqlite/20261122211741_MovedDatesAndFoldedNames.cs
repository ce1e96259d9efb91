using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LibraryPortal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MovedDatesAndFoldedNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Patrons_Name",
                table: "Patrons");

            migrationBuilder.AddColumn<Guid>(
                name: "DatesJobId",
                table: "Settings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FoldedName",
                table: "Patrons",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "AliveAt",
                table: "Imports",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.UpdateData(
                table: "Settings",
                keyColumn: "Id",
                keyValue: 1,
                column: "DatesJobId",
                value: null);

            migrationBuilder.CreateIndex(
                name: "IX_Patrons_FoldedName_CardNumber",
                table: "Patrons",
                columns: new[] { "FoldedName", "CardNumber" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Patrons_FoldedName_CardNumber",
                table: "Patrons");

            migrationBuilder.DropColumn(
                name: "DatesJobId",
                table: "Settings");

            migrationBuilder.DropColumn(
                name: "FoldedName",
                table: "Patrons");

            migrationBuilder.DropColumn(
                name: "AliveAt",
                table: "Imports");

            migrationBuilder.CreateIndex(
                name: "IX_Patrons_Name",
                table: "Patrons",
                column: "Name");
        }
    }
}
