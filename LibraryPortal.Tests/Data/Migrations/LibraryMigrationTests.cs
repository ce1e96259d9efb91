using LibraryPortal.Data;
using LibraryPortal.Data.Migrations;
using LibraryPortal.Data.Numbers;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LibraryPortal.Tests.Data.Migrations;

/// <summary>A library that was at work with the first schema goes on with the second.</summary>
public sealed class LibraryMigrationTests
{
    const string Rows = """
        INSERT INTO AspNetUsers (Id, DisplayName, CreatedAt, UserName, NormalizedUserName, Email, EmailConfirmed, PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount)
        VALUES ('u-lea', 'Lea Librarian', 20, 'lea', 'LEA', 'lea@example.org', 1, 0, 0, 1, 0),
               ('u-ada', '', 10, 'ada', 'ADA', 'ada@example.org', 1, 0, 0, 1, 0),
               ('u-gone', '', 15, 'closed-0123', 'CLOSED-0123', NULL, 0, 0, 0, 1, 0);
        INSERT INTO AspNetUserRoles (UserId, RoleId) VALUES ('u-lea', 'librarian'), ('u-ada', 'patron');
        INSERT INTO Titles (Id, Name, Authors, Subjects, AddedAt, SortKey, IdentityKey, SearchName, SearchAuthors, SearchSubjects, SearchIsbn)
        VALUES (7, 'Emma', '["Jane Austen"]', '[]', 5, 'emma', 'emma|||jane austen', 'emma', 'jane austen', '', '');
        INSERT INTO Copies (Id, TitleId, Barcode, State, Version)
        VALUES ('0195A000-0000-7000-8000-000000000001', 7, 'C000001', 'OnLoan', 2), ('0195A000-0000-7000-8000-000000000002', 7, 'C000002', 'Available', 4);
        INSERT INTO Requests (Id, Number, PatronId, TitleId, BookName, BookKey, State, RequestedAt, ExpiresAt, CopyId, Version)
        VALUES ('0195A000-0000-7000-8000-0000000000A1', 1, 'u-ada', 7, 'Emma', 'emma', 'OnLoan', 30, 9000, '0195A000-0000-7000-8000-000000000001', 3),
               ('0195A000-0000-7000-8000-0000000000A2', 2, 'u-gone', 7, 'Emma', 'emma', 'Completed', 31, 9000, '0195A000-0000-7000-8000-000000000002', 4);
        INSERT INTO Loans (Id, CopyId, PatronId, RequestId, LentAt, DueAt, ReturnedAt, Renewals, Version)
        VALUES ('0195A000-0000-7000-8000-0000000000B1', '0195A000-0000-7000-8000-000000000001', 'u-ada', '0195A000-0000-7000-8000-0000000000A1', 40, 5000, NULL, 1, 1),
               ('0195A000-0000-7000-8000-0000000000B2', '0195A000-0000-7000-8000-000000000002', 'u-gone', '0195A000-0000-7000-8000-0000000000A2', 41, 5000, 60, 0, 1);
        """;

    [Fact]
    public async Task Upgrade_KeepsRequestsAndLoans()
    {
        await using var file = await UpgradedAsync();
        await using var database = file.Open();

        var request = await database.Requests.SingleAsync(request => request.Number == 1);
        Assert.Equal(("u-ada", 7, RequestState.OnLoan, 3), (request.PatronId, request.TitleId, request.State, request.Version));
        Assert.Null(request.PausedUntil);
        Assert.Null(request.NeededUntil);
        var loan = await database.Loans.SingleAsync(loan => loan.RequestId == request.Id);
        Assert.Equal(("u-ada", 1, 5000L), (loan.PatronId, loan.Renewals, loan.DueAt.UtcTicks));
        Assert.Null(loan.ReturnedAt);
        Assert.Equal(2, await database.Requests.CountAsync());
        Assert.Equal(2, await database.Loans.CountAsync());
        Assert.Equal(["C000001", "C000002"], await database.Copies.OrderBy(copy => copy.Barcode).Select(copy => copy.Barcode).ToListAsync());
    }

    [Fact]
    public async Task Upgrade_EnrollsEveryAccountInTheOrderOfTheirMaking()
    {
        await using var file = await UpgradedAsync();
        await using var database = file.Open();

        var patrons = await database.Patrons.OrderBy(patron => patron.CardNumber).ToListAsync();

        Assert.Equal(["u-ada", "u-lea"], patrons.Select(patron => patron.UserId));
        Assert.Equal([CardNumber.Of(1), CardNumber.Of(2)], patrons.Select(patron => patron.CardNumber));
        Assert.Equal(["ada", "Lea Librarian"], patrons.Select(patron => patron.Name));
        Assert.Equal(["Adult", "Staff"], patrons.Select(patron => patron.Category));
        Assert.All(patrons, patron => Assert.True(patron.IsActive && !patron.KeepsHistory));
        Assert.Equal(3, await database.TakeNumbersAsync(NumberSeriesExtensions.Cards, 1, default));
    }

    [Fact]
    public async Task Upgrade_OfManyAccounts_GivesEachAValidCard()
    {
        await using var file = new UnmigratedDatabase();
        await ToInitialAsync(file);
        await file.RunAsync("""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1200)
            INSERT INTO AspNetUsers (Id, DisplayName, CreatedAt, UserName, NormalizedUserName, EmailConfirmed, PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount)
            SELECT 'u' || n, '', n, 'user' || n, 'USER' || n, 1, 0, 0, 1, 0 FROM numbers
            """);
        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);

        await using var database = file.Open();
        var cards = await database.Patrons.OrderBy(patron => patron.CreatedAt).Select(patron => patron.CardNumber).ToListAsync();
        Assert.Equal(Enumerable.Range(1, 1200).Select(number => CardNumber.Of(number)), cards);
    }

    [Fact]
    public async Task Upgrade_FoldsTheNamesOfReaders()
    {
        await using var file = new UnmigratedDatabase();
        await ToInitialAsync(file);
        await file.RunAsync(Rows.Replace("Lea Librarian", "Léa Öz", StringComparison.Ordinal));
        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);

        await using var database = file.Open();
        Assert.Equal(["ada", "lea oz"], await database.Patrons.OrderBy(patron => patron.UserId).Select(patron => patron.FoldedName).ToListAsync());
    }

    [Fact]
    public async Task Upgrade_TakesTheCopiesForLabelled()
    {
        await using var file = await UpgradedAsync();
        await using var database = file.Open();

        var labelled = await database.Copies.Select(copy => copy.LabelledAt).ToListAsync();
        Assert.Equal(2, labelled.Count);
        Assert.All(labelled, at => Assert.InRange(at!.Value, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddMinutes(1)));
    }

    [Fact]
    public async Task Upgrade_ForgetsReadersBesideCopies_CountsDaysOfRest_AndKnowsStoppedUndos()
    {
        await using var file = new UnmigratedDatabase();
        await ToInitialAsync(file);
        await file.RunAsync(Rows);
        await using (var old = file.Open())
            await old.GetService<IMigrator>().MigrateAsync("MovedDatesAndFoldedNames");
        await file.RunAsync("""
            INSERT INTO Audit (At, ActorId, ActorName, Action, SubjectKind, SubjectId, SubjectName)
            VALUES (1, 'u-ada', 'ada', 'copy.released', 'Copy', '0195a000-0000-7000-8000-000000000001', 'C000001'),
                   (2, 'u-ada', 'ada', 'request.ready', 'Request', '0195a000-0000-7000-8000-0000000000a2', 'R-2'),
                   (3, 'u-ada', 'ada', 'request.ready', 'Request', '0195a000-0000-7000-8000-0000000000a1', 'R-1'),
                   (4, 'u-lea', 'Lea', 'copy.released', 'Copy', '0195a000-0000-7000-8000-000000000001', 'C000001');
            INSERT INTO Requests (Id, Number, PatronId, TitleId, BookName, BookKey, State, RequestedAt, ExpiresAt, NeededUntil, Version)
            VALUES ('0195A000-0000-7000-8000-0000000000A3', 3, 'u-ada', NULL, 'Rested', 'rested', 'Pending', 0, 864000000000 * 90 + 5, NULL, 0),
                   ('0195A000-0000-7000-8000-0000000000A4', 4, 'u-ada', NULL, 'Dated', 'dated', 'Pending', 0, 864000000000 * 90 + 5, '2026-12-01', 0);
            INSERT INTO Imports (Kind, Format, FileName, Size, Heading, Mapping, CopiesPerTitle, Invites, State, RowsDone, FindingsLength, CreatedByName, CreatedAt,
                Counts_Added, Counts_Completed, Counts_Copies, Counts_Kept, Counts_Merged, Counts_Refused, Counts_Removed, Counts_Repaired, Counts_Unchanged)
            VALUES ('Titles', 'Csv', 'half.csv', 1, '[]', '[]', 1, 0, 'Stopped', 9, 0, 'Lea', 1, 9, 0, 0, 0, 0, 0, 4, 0, 0),
                   ('Titles', 'Csv', 'whole.csv', 1, '[]', '[]', 1, 0, 'Stopped', 9, 0, 'Lea', 1, 9, 0, 0, 0, 0, 0, 0, 0, 0);
            """);
        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);

        await using var database = file.Open();
        Assert.Equal(["The portal", "The portal", "ada", "Lea"], await database.Audit.OrderBy(entry => entry.Id).Select(entry => entry.ActorName).ToListAsync());
        Assert.Equal([null, null, "u-ada", "u-lea"], await database.Audit.OrderBy(entry => entry.Id).Select(entry => entry.ActorId).ToListAsync());
        Assert.Equal([30, 0], await database.Requests.Where(request => request.Number > 2).OrderBy(request => request.Number).Select(request => request.RestedDays).ToListAsync());
        Assert.Equal([ImportState.UndoStopped, ImportState.Stopped], await database.Imports.OrderBy(import => import.Id).Select(import => import.State).ToListAsync());
    }

    [Fact]
    public async Task Upgrade_BringsPoliciesAndSettings()
    {
        await using var file = await UpgradedAsync();
        await using var database = file.Open();

        Assert.Equal(PolicyDefaults.All.OrderBy(policy => policy.Category), await database.LendingPolicies.AsNoTracking().OrderBy(policy => policy.Category).ToListAsync());
        var settings = await database.Settings.SingleAsync();
        Assert.Equal(OpeningDays.MondayToSaturday, settings.Opening);
        Assert.Null(settings.TimeZone);
    }

    [Fact]
    public async Task Upgrade_KeepsWhatTheDatabasePromises()
    {
        await using var file = await UpgradedAsync();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => file.RunAsync("""
            INSERT INTO Requests (Id, Number, PatronId, TitleId, BookName, BookKey, State, RequestedAt, ExpiresAt, Version)
            VALUES ('0195A000-0000-7000-8000-0000000000A3', 3, 'u-ada', 7, 'Emma', 'emma', 'Pending', 30, 9000, 0)
            """));
        Assert.True(error.IsUniqueViolation());
    }

    static async Task<UnmigratedDatabase> UpgradedAsync()
    {
        var file = new UnmigratedDatabase();
        await ToInitialAsync(file);
        await file.RunAsync(Rows);
        await file.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
        return file;
    }

    static async Task ToInitialAsync(UnmigratedDatabase file)
    {
        await using var database = file.Open();
        await database.GetService<IMigrator>().MigrateAsync("Initial");
    }
}
