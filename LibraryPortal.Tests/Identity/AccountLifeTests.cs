using System.Net;
using System.Text.Json;
using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Reports;
using LibraryPortal.Identity;
using LibraryPortal.Identity.Accounts;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Identity;

/// <summary>What happens to an account after it was made: password, role, data, end.</summary>
public sealed class AccountLifeTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Roles_InTheSchema_AreThoseOfTheCode()
    {
        await using var database = await OpenAsync();
        Assert.Equal(Roles.All.Order(StringComparer.Ordinal), (await database.Roles.Select(role => role.Name!).ToListAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Password_Changed_KeepsThisSessionAndEndsTheOthers()
    {
        var clock = new ShiftedClock();
        await using var portal = new PortalApp { Configure = services => services.AddSingleton<TimeProvider>(clock) };
        await portal.InitializeAsync();
        await portal.CreateUserAsync("wise");
        using var here = await portal.SignInAsync("wise");
        using var elsewhere = await portal.SignInAsync("wise");
        using var changed = await here.SubmitAsync(AccountRoutes.ManagePassword, new()
        {
            ["Input.Present"] = PortalApp.Password,
            ["Input.Password"] = "another row of words",
            ["Input.Again"] = "another row of words",
        });
        Assert.Equal(AccountRoutes.ManagePassword, here.RedirectOf(changed));
        clock.Shift = TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(here));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(elsewhere));
    }

    [Fact]
    public async Task Session_OfALockedAccount_Ends()
    {
        var clock = new ShiftedClock();
        await using var portal = new PortalApp { Configure = services => services.AddSingleton<TimeProvider>(clock) };
        await portal.InitializeAsync();
        var user = await portal.CreateUserAsync("barred");
        using var browser = await portal.SignInAsync("barred");
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
            await users.SetLockoutEndDateAsync((await users.FindByIdAsync(user.Id))!, DateTimeOffset.MaxValue);
        }

        clock.Shift = TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(browser));
    }

    [Fact]
    public async Task ChangeRole_ByAnyoneButAnAdmin_IsRefused()
    {
        var user = await app.CreateUserAsync("plain");
        var librarian = await app.CreateUserAsync("librarian1", Roles.Librarian);
        foreach (var caller in new[] { new Caller(user.Id, false, false), new Caller(librarian.Id, true, false) })
        {
            var outcome = await ChangeRoleAsync(caller, user.Id, Roles.Admin);
            Assert.Equal(LibraryPortal.Domain.RefusalKind.Forbidden, outcome.Refusal?.Kind);
        }

        Assert.Equal([Roles.Patron], await RolesOf(user));
    }

    [Fact]
    public async Task ChangeRole_OfTheOnlyAdmin_IsRefusedAlsoWhenTwoTryAtOnce()
    {
        await using var portal = new PortalApp();
        await portal.InitializeAsync();
        var (one, two) = (await portal.CreateUserAsync("one", Roles.Admin), await portal.CreateUserAsync("two", Roles.Admin));
        async Task<bool> Demote(string by, string whom)
        {
            await using var scope = portal.Services.CreateAsyncScope();
            return (await scope.ServiceProvider.GetRequiredService<ChangeRole>().RunAsync(new Caller(by, true, true), whom, Roles.Patron)).IsAllowed;
        }

        var done = await Task.WhenAll(Demote(one.Id, two.Id), Demote(two.Id, one.Id));
        Assert.Single(done, allowed => allowed);
    }

    [Fact]
    public async Task Data_Downloaded_HoldsNoSecret()
    {
        var curious = await app.CreateUserAsync("curious");
        await using (var database = await OpenAsync())
        {
            var now = DateTimeOffset.UnixEpoch;
            var title = new Title(new TitleDetails { Name = "Emma" }, now);
            var copy = title.AddCopy("CURIOUS-1");
            database.Titles.Add(title);
            await database.SaveChangesAsync();
            var request = BookRequest.Place(RequestedBook.Of(title), curious.Id, null, 900_009, null, now.AddDays(60), now);
            request.Approve(null, now);
            request.SetAside(copy, now.AddDays(7), now);
            database.AddRange(request, Loan.Lend(copy, curious.Id, request, now.AddDays(21), now));
            await database.SaveChangesAsync();
        }

        using var browser = await app.SignInAsync("curious");
        using var response = await browser.SubmitAsync(AccountRoutes.ManageData, [], $"form[action='{AccountRoutes.DataDownload}']");
        var text = await response.Content.ReadAsStringAsync();
        var data = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal("curious@example.org", data.GetProperty("email").GetString());
        Assert.Equal("Adult", data.GetProperty("profile").GetProperty("category").GetString());
        var asked = data.GetProperty("requests").EnumerateArray().Single();
        Assert.Equal(("R-900009", "Emma", "OnLoan"), (asked.GetProperty("number").GetString(), asked.GetProperty("bookName").GetString(), asked.GetProperty("state").GetString()));
        Assert.Equal(("Emma", "CURIOUS-1"), (data.GetProperty("loans")[0].GetProperty("book").GetString(), data.GetProperty("loans")[0].GetProperty("barcode").GetString()));
        var stored = (await app.FindUserAsync("curious"))!;
        Assert.DoesNotContain(stored.PasswordHash!, text, StringComparison.Ordinal);
        Assert.DoesNotContain(stored.SecurityStamp!, text, StringComparison.Ordinal);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);

        using var forged = await browser.Client.PostAsync(AccountRoutes.DataDownload, null);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task Account_Closed_IsGoneAndItsNameIsFree()
    {
        await app.CreateUserAsync("leaving");
        using var browser = await app.SignInAsync("leaving");
        using var wrong = await browser.SubmitAsync(AccountRoutes.DeleteAccount, new() { ["Input.Password"] = "not it" });
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.NotNull(await app.FindUserAsync("leaving"));
        using var closed = await browser.SubmitAsync(AccountRoutes.DeleteAccount, new() { ["Input.Password"] = PortalApp.Password });
        Assert.Equal(AccountRoutes.SignIn, browser.RedirectOf(closed));
        Assert.Null(await app.FindUserAsync("leaving"));
        await app.CreateUserAsync("leaving");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Account_Closed_LeavesItsNameNowhere(bool hasHistory)
    {
        var name = $"fleeting{hasHistory}";
        var user = await app.CreateUserAsync(name);
        await using (var database = await OpenAsync())
        {
            var (person, staff, now) = (new AuditActor(user.Id, name), new AuditActor("somebody", "A librarian"), DateTimeOffset.UnixEpoch);
            database.Record(person, "request.placed", AuditSubject.Request, "r-1", "R-000001 “Emma”", now);
            database.Record(staff, "patron.changed", AuditSubject.Patron, user.Id, name, now, null, $$"""{"name":"{{name}}"}""", $$"""{"notes":"{{name}} pays late"}""");
            database.Record(staff, "account.role", AuditSubject.Account, user.Id, name, now);
            database.Imports.Add(new ImportBatch
            {
                Kind = ImportKind.Titles, Format = ImportFormat.Csv, FileName = "books.csv", Size = 1, State = ImportState.Done, CreatedById = user.Id, CreatedByName = name, CreatedAt = now,
            });
            await database.SaveChangesAsync();
            if (hasHistory)
                await database.Database.ExecuteSqlAsync($"""
                    INSERT INTO Requests (Id, Number, PatronId, BookName, BookKey, State, RequestedAt, ExpiresAt, Version)
                    VALUES ({Guid.CreateVersion7()}, 900007, {user.Id}, 'Emma', 'emma', 'Cancelled', 0, 0, 1)
                    """);
        }

        using var browser = await app.SignInAsync(name);
        using var closed = await browser.SubmitAsync(AccountRoutes.DeleteAccount, new() { ["Input.Password"] = PortalApp.Password });
        Assert.Equal(AccountRoutes.SignIn, browser.RedirectOf(closed));

        await using var after = await OpenAsync();
        Assert.False(await after.Audit.AnyAsync(entry => entry.ActorId == user.Id || entry.ActorName == name || entry.SubjectName == name || entry.Before!.Contains(name) || entry.After!.Contains(name)));
        Assert.False(await after.Imports.AnyAsync(import => import.CreatedById == user.Id || import.CreatedByName == name));
        Assert.False(await after.Patrons.AnyAsync(patron => patron.UserId == user.Id));
        Assert.Equal("A closed account", (await after.Audit.SingleAsync(entry => entry.Action == "account.closed" && entry.SubjectId == user.Id)).ActorName);
    }

    [Fact]
    public async Task Account_ThatTheHistoryHangsOn_LosesItsPersonAndNothingElse()
    {
        var user = await app.CreateUserAsync("historic");
        await using (var database = await OpenAsync())
            await database.Database.ExecuteSqlAsync($"""
                INSERT INTO Requests (Id, Number, PatronId, BookName, BookKey, State, RequestedAt, ExpiresAt, Version)
                VALUES ({Guid.CreateVersion7()}, 900001, {user.Id}, 'Emma', 'emma', 'Cancelled', 0, 0, 1)
                """);
        using var browser = await app.SignInAsync("historic");
        using var closed = await browser.SubmitAsync(AccountRoutes.DeleteAccount, new() { ["Input.Password"] = PortalApp.Password });
        Assert.Equal(AccountRoutes.SignIn, browser.RedirectOf(closed));

        await using var after = await OpenAsync();
        var row = await after.Users.SingleAsync(one => one.Id == user.Id);
        Assert.Equal((null, null, ""), (row.Email, row.PasswordHash, row.DisplayName));
        Assert.DoesNotContain("historic", row.UserName, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await after.Requests.CountAsync(request => request.PatronId == user.Id));
        using var client = app.CreateClient();
        using var login = await client.PostAsJsonAsync("/api/login", new { username = row.UserName, password = PortalApp.Password });
        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
    }

    [Fact]
    public async Task Account_Closed_TakesItsReportsAlong()
    {
        var user = await app.CreateUserAsync("tidy");
        var files = app.Services.GetRequiredService<ReportFiles>();
        string stored;
        await using (var draft = files.Begin(Guid.NewGuid(), ".csv"))
            stored = (await draft.CompleteAsync(default)).StoredName;
        await using (var database = await OpenAsync())
        {
            database.ReportExports.Add(new ReportExport
            {
                Id = Guid.NewGuid(), OwnerId = user.Id, RequestedById = user.Id, Kind = ReportKind.MyRequests, Format = ExportFormat.Csv,
                State = ExportState.Ready, JobId = Guid.NewGuid(), RequestedAt = DateTimeOffset.UnixEpoch, StoredName = stored,
            });
            await database.SaveChangesAsync();
        }

        using var browser = await app.SignInAsync("tidy");
        using var closed = await browser.SubmitAsync(AccountRoutes.DeleteAccount, new() { ["Input.Password"] = PortalApp.Password });

        Assert.Equal(AccountRoutes.SignIn, browser.RedirectOf(closed));
        Assert.Null(files.Open(stored));
    }

    [Fact]
    public async Task Account_WithAnOpenRequest_IsNotClosed()
    {
        var user = await app.CreateUserAsync("waiting");
        await using (var database = await OpenAsync())
            await database.Database.ExecuteSqlAsync($"""
                INSERT INTO Requests (Id, Number, PatronId, BookName, BookKey, State, RequestedAt, ExpiresAt, Version)
                VALUES ({Guid.CreateVersion7()}, 900002, {user.Id}, 'Emma', 'emma', 'Pending', 0, 0, 1)
                """);
        using var browser = await app.SignInAsync("waiting");
        using var refused = await browser.SubmitAsync(AccountRoutes.DeleteAccount, new() { ["Input.Password"] = PortalApp.Password });
        Assert.Contains("open requests", (await PortalBrowser.ParseAsync(refused)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_OfEveryKind_CarriesTheSecurityHeaders()
    {
        using var client = app.CreateClient();
        foreach (var path in new[] { "/", "/account/sign-in", "/api/account", "/no/such/page", "/app.css" })
        {
            using var response = await client.GetAsync(path);
            Assert.Contains("frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-eval", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    static async Task<HttpStatusCode> StatusAsync(PortalBrowser browser)
    {
        using var response = await browser.Client.GetAsync(AccountRoutes.Manage);
        return response.StatusCode;
    }

    Task<PortalDbContext> OpenAsync() => app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();

    async Task<LibraryPortal.Domain.Outcome<string>> ChangeRoleAsync(Caller caller, string userId, string role)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ChangeRole>().RunAsync(caller, userId, role);
    }

    async Task<IList<string>> RolesOf(PortalUser user)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>().GetRolesAsync(user);
    }
}
