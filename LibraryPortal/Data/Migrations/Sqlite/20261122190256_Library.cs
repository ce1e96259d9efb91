using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace LibraryPortal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Library : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Requests_TitleId",
                table: "Requests");

            migrationBuilder.AddColumn<string>(
                name: "AuthorKey",
                table: "Titles",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Edition",
                table: "Titles",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "EditionYear",
                table: "Titles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Extent",
                table: "Titles",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ImportId",
                table: "Titles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ImportRow",
                table: "Titles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Links",
                table: "Titles",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Names",
                table: "Titles",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "PublicationPlace",
                table: "Titles",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Publisher",
                table: "Titles",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ScriptAuthor",
                table: "Titles",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ScriptName",
                table: "Titles",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "PatronId",
                table: "Requests",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "TEXT");

            migrationBuilder.AddColumn<string>(
                name: "CancelReason",
                table: "Requests",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CancelledFrom",
                table: "Requests",
                type: "TEXT",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DecidedById",
                table: "Requests",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ForgottenAt",
                table: "Requests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "NeededUntil",
                table: "Requests",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PausedFrom",
                table: "Requests",
                type: "TEXT",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "PausedUntil",
                table: "Requests",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PlacedById",
                table: "Requests",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "PatronId",
                table: "Loans",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "TEXT");

            migrationBuilder.AddColumn<long>(
                name: "ForgottenAt",
                table: "Loans",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LostAt",
                table: "Loans",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Occasion",
                table: "Mail",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ImportId",
                table: "Copies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ImportRow",
                table: "Copies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Note",
                table: "Copies",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Audit",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", nullable: true),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    SubjectKind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    SubjectId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SubjectName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Before = table.Column<string>(type: "TEXT", nullable: true),
                    After = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Closures",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    First = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Last = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Closures", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Imports",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Format = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    StoredName = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Encoding = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Delimiter = table.Column<string>(type: "TEXT", maxLength: 4, nullable: true),
                    Heading = table.Column<string>(type: "TEXT", nullable: false),
                    Mapping = table.Column<string>(type: "TEXT", nullable: false),
                    HeadingKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    CopiesPerTitle = table.Column<int>(type: "INTEGER", nullable: false),
                    Shelf = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Invites = table.Column<bool>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    JobId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Rows = table.Column<int>(type: "INTEGER", nullable: true),
                    RowsDone = table.Column<int>(type: "INTEGER", nullable: false),
                    FindingsLength = table.Column<long>(type: "INTEGER", nullable: false),
                    Error = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    CreatedById = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedByName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Counts_Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Completed = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Copies = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Kept = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Merged = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Refused = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Removed = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Repaired = table.Column<int>(type: "INTEGER", nullable: false),
                    Counts_Unchanged = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Imports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "JobHistory",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    JobId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Worker = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DurationMs = table.Column<long>(type: "INTEGER", nullable: true),
                    Tags = table.Column<string>(type: "TEXT", nullable: false),
                    Record = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobHistory", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LendingPolicies",
                columns: table => new
                {
                    Category = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OpenRequests = table.Column<int>(type: "INTEGER", nullable: false),
                    RequestsPerDay = table.Column<int>(type: "INTEGER", nullable: false),
                    Loans = table.Column<int>(type: "INTEGER", nullable: false),
                    LoanDays = table.Column<int>(type: "INTEGER", nullable: false),
                    Renewals = table.Column<int>(type: "INTEGER", nullable: false),
                    RenewalWindowDays = table.Column<int>(type: "INTEGER", nullable: false),
                    OverdueBlock = table.Column<int>(type: "INTEGER", nullable: false),
                    CollectOpenDays = table.Column<int>(type: "INTEGER", nullable: false),
                    RequestDays = table.Column<int>(type: "INTEGER", nullable: false),
                    PauseDays = table.Column<int>(type: "INTEGER", nullable: false),
                    AutoApproves = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LendingPolicies", x => x.Category);
                });

            migrationBuilder.CreateTable(
                name: "Settings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Opening = table.Column<int>(type: "INTEGER", nullable: false),
                    HistoryDays = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Settings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ImportedItems",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ImportId = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Row = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Filled = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportedItems", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ImportedItems_Imports_ImportId",
                        column: x => x.ImportId,
                        principalTable: "Imports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TitleCovers",
                columns: table => new
                {
                    TitleId = table.Column<int>(type: "INTEGER", nullable: false),
                    File = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Width = table.Column<int>(type: "INTEGER", nullable: false),
                    Height = table.Column<int>(type: "INTEGER", nullable: false),
                    UploadedBy = table.Column<string>(type: "TEXT", maxLength: 450, nullable: false),
                    UploadedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TitleCovers", x => x.TitleId);
                    table.ForeignKey(
                        name: "FK_TitleCovers_Titles_TitleId",
                        column: x => x.TitleId,
                        principalTable: "Titles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Patrons",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    CardNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    BlockReason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    BlockedUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    BlockedById = table.Column<string>(type: "TEXT", nullable: true),
                    BlockedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Notes = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    KeepsHistory = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Patrons", x => x.UserId);
                    table.ForeignKey(
                        name: "FK_Patrons_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Patrons_LendingPolicies_Category",
                        column: x => x.Category,
                        principalTable: "LendingPolicies",
                        principalColumn: "Category",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "LendingPolicies",
                columns: new[] { "Category", "AutoApproves", "CollectOpenDays", "LoanDays", "Loans", "OpenRequests", "OverdueBlock", "PauseDays", "RenewalWindowDays", "Renewals", "RequestDays", "RequestsPerDay" },
                values: new object[,]
                {
                    { "Adult", false, 7, 21, 10, 5, 3, 365, 7, 2, 60, 10 },
                    { "Child", false, 7, 21, 5, 3, 3, 365, 7, 2, 60, 10 },
                    { "Staff", false, 7, 60, 20, 10, 3, 365, 7, 3, 60, 10 },
                    { "Student", false, 7, 28, 10, 5, 3, 365, 7, 2, 60, 10 }
                });

            migrationBuilder.InsertData(
                table: "Settings",
                columns: new[] { "Id", "HistoryDays", "Name", "Opening", "TimeZone", "Version" },
                values: new object[] { 1, 30, "The library", 126, null, 0 });

            migrationBuilder.CreateIndex(
                name: "IX_Titles_ImportId",
                table: "Titles",
                column: "ImportId",
                filter: "\"ImportId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Titles_AuthorKey_SortKey",
                table: "Titles",
                columns: new[] { "AuthorKey", "SortKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Titles_Year_SortKey",
                table: "Titles",
                columns: new[] { "Year", "SortKey" },
                descending: new[] { true, false });

            migrationBuilder.CreateIndex(
                name: "ClosedWithName",
                table: "Requests",
                column: "ClosedAt",
                filter: "\"PatronId\" IS NOT NULL AND \"ClosedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_State_CollectBy",
                table: "Requests",
                columns: new[] { "State", "CollectBy" });

            migrationBuilder.CreateIndex(
                name: "IX_Requests_State_ExpiresAt",
                table: "Requests",
                columns: new[] { "State", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Requests_State_PausedUntil",
                table: "Requests",
                columns: new[] { "State", "PausedUntil" });

            migrationBuilder.CreateIndex(
                name: "IX_Requests_TitleId_State_Number",
                table: "Requests",
                columns: new[] { "TitleId", "State", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Loans_CopyId_LentAt",
                table: "Loans",
                columns: new[] { "CopyId", "LentAt" });

            migrationBuilder.CreateIndex(
                name: "ReturnedWithName",
                table: "Loans",
                column: "ReturnedAt",
                filter: "\"PatronId\" IS NOT NULL AND \"ReturnedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Copies_ImportId",
                table: "Copies",
                column: "ImportId",
                filter: "\"ImportId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_ActorId_Id",
                table: "Audit",
                columns: new[] { "ActorId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_At",
                table: "Audit",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_SubjectKind_SubjectId_Id",
                table: "Audit",
                columns: new[] { "SubjectKind", "SubjectId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Closures_Last",
                table: "Closures",
                column: "Last");

            migrationBuilder.CreateIndex(
                name: "IX_ImportedItems_ImportId_Id",
                table: "ImportedItems",
                columns: new[] { "ImportId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Imports_HeadingKey_Kind",
                table: "Imports",
                columns: new[] { "HeadingKey", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_Imports_Sha256",
                table: "Imports",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_Imports_State",
                table: "Imports",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_JobHistory_DurationMs",
                table: "JobHistory",
                column: "DurationMs");

            migrationBuilder.CreateIndex(
                name: "IX_JobHistory_FinishedAt",
                table: "JobHistory",
                column: "FinishedAt");

            migrationBuilder.CreateIndex(
                name: "IX_JobHistory_JobId_FinishedAt",
                table: "JobHistory",
                columns: new[] { "JobId", "FinishedAt" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_JobHistory_Name_FinishedAt",
                table: "JobHistory",
                columns: new[] { "Name", "FinishedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_JobHistory_Owner_FinishedAt",
                table: "JobHistory",
                columns: new[] { "Owner", "FinishedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_JobHistory_State_FinishedAt",
                table: "JobHistory",
                columns: new[] { "State", "FinishedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Patrons_CardNumber",
                table: "Patrons",
                column: "CardNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Patrons_Category",
                table: "Patrons",
                column: "Category");

            migrationBuilder.CreateIndex(
                name: "IX_Patrons_Name",
                table: "Patrons",
                column: "Name");

            migrationBuilder.CreateIndex(
                name: "IX_TitleCovers_File",
                table: "TitleCovers",
                column: "File");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Derived, made anew at the next start, and in the way: a trigger of it reads Titles while that table is rebuilt.
            migrationBuilder.Sql(Search.SearchSchema.Drop);

            migrationBuilder.DropTable(
                name: "Audit");

            migrationBuilder.DropTable(
                name: "Closures");

            migrationBuilder.DropTable(
                name: "ImportedItems");

            migrationBuilder.DropTable(
                name: "JobHistory");

            migrationBuilder.DropTable(
                name: "Patrons");

            migrationBuilder.DropTable(
                name: "Settings");

            migrationBuilder.DropTable(
                name: "Imports");

            migrationBuilder.DropTable(
                name: "LendingPolicies");

            migrationBuilder.DropTable(
                name: "TitleCovers");

            migrationBuilder.DropIndex(
                name: "IX_Titles_AuthorKey_SortKey",
                table: "Titles");

            migrationBuilder.DropIndex(
                name: "IX_Titles_Year_SortKey",
                table: "Titles");

            migrationBuilder.DropIndex(
                name: "IX_Titles_ImportId",
                table: "Titles");

            migrationBuilder.DropIndex(
                name: "ClosedWithName",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_State_CollectBy",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_State_ExpiresAt",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_State_PausedUntil",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_TitleId_State_Number",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Loans_CopyId_LentAt",
                table: "Loans");

            migrationBuilder.DropIndex(
                name: "ReturnedWithName",
                table: "Loans");

            migrationBuilder.DropIndex(
                name: "IX_Copies_ImportId",
                table: "Copies");

            migrationBuilder.DropColumn(
                name: "AuthorKey",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "Edition",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "EditionYear",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "Extent",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "ImportId",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "ImportRow",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "Links",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "Names",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "PublicationPlace",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "Publisher",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "ScriptAuthor",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "ScriptName",
                table: "Titles");

            migrationBuilder.DropColumn(
                name: "CancelReason",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "CancelledFrom",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "DecidedById",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "ForgottenAt",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "NeededUntil",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "PausedFrom",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "PausedUntil",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "PlacedById",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "ForgottenAt",
                table: "Loans");

            migrationBuilder.DropColumn(
                name: "LostAt",
                table: "Loans");

            migrationBuilder.DropColumn(
                name: "Occasion",
                table: "Mail");

            migrationBuilder.DropColumn(
                name: "ImportId",
                table: "Copies");

            migrationBuilder.DropColumn(
                name: "ImportRow",
                table: "Copies");

            migrationBuilder.DropColumn(
                name: "Note",
                table: "Copies");

            migrationBuilder.AlterColumn<string>(
                name: "PatronId",
                table: "Requests",
                type: "TEXT",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "TEXT",
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "PatronId",
                table: "Loans",
                type: "TEXT",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "TEXT",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Requests_TitleId",
                table: "Requests",
                column: "TitleId");
        }
    }
}
