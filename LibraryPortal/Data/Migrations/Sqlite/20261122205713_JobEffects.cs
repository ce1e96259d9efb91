using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LibraryPortal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class JobEffects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "JobEffects",
                columns: table => new
                {
                    JobId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobEffects", x => x.JobId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_JobEffects_At",
                table: "JobEffects",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "JobEffects");
        }
    }
}
