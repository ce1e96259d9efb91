using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Data;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Features.Audit;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Audit;

/// <summary>Reading who changed what.</summary>
public sealed class ListAuditTests : IAsyncLifetime
{
    TestLibrary _library = null!;
    Caller _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _library = await TestLibrary.CreateAsync();
        _admin = _library.Librarian with { IsAdmin = true };
    }

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task List_IsFilteredByWhoWhatKindAndDay_LatestFirst()
    {
        var ada = await _library.AddReaderAsync("ada");
        await _library.RequestAsync(ada, await _library.AddTitleAsync("Emma"));
        var day = DateOnly.FromDateTime(_library.Clock.GetUtcNow().UtcDateTime);
        _library.Clock.Advance(TimeSpan.FromDays(3));
        TestLibrary.Allowed(await _library.Get<BlockPatron>().RunAsync(_library.Librarian, ada.UserId, "Lost card 100%", null));

        Assert.Equal(["patron.blocked", "request.placed"], await ActionsAsync(new AuditFilter(null, null, null, null, null)));
        Assert.Equal(["patron.blocked"], await ActionsAsync(new AuditFilter("LIBRA", null, null, null, null)));
        Assert.Equal(["request.placed"], await ActionsAsync(new AuditFilter(null, "emma", null, null, null)));
        Assert.Equal(["patron.blocked"], await ActionsAsync(new AuditFilter(null, "100%", null, null, null)));
        Assert.Equal(["request.placed"], await ActionsAsync(new AuditFilter(null, null, AuditSubject.Request, null, null)));
        Assert.Equal(["request.placed"], await ActionsAsync(new AuditFilter(null, null, null, day, day)));
        Assert.Equal(["patron.blocked"], await ActionsAsync(new AuditFilter(null, null, null, day.AddDays(1), null)));
        Assert.Empty(await ActionsAsync(new AuditFilter("nobody", null, null, null, null)));
        TestLibrary.Refused(await _library.Get<ListAudit>().RunAsync(_library.Librarian, new AuditFilter(null, null, null, null, null), 1), "admin-only");
    }

    [Fact]
    public async Task WhatALaterVersionWrote_IsListedToo()
    {
        await _library.RequestAsync(await _library.AddReaderAsync("ada"), await _library.AddTitleAsync("Emma"));
        await using (var database = await _library.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
            await database.Database.ExecuteSqlRawAsync("UPDATE Audit SET SubjectKind = 'Robot', Action = 'robot.greased'");

        var entry = Assert.Single(TestLibrary.Allowed(await _library.Get<ListAudit>().RunAsync(_admin, new AuditFilter(null, null, null, null, null), 1)).Items);

        Assert.Equal((AuditSubject.Other, "robot.greased"), (entry.SubjectKind, entry.Action));
    }

    [Fact]
    public void Changes_AreReadAsNameBeforeAndAfter()
    {
        var changes = AuditChange.Of("""{"collectBy":null,"state":"Pending","autoApproves":false}""", """{"collectBy":"2026-05-03","state":"Ready","autoApproves":true}""", LibraryZone.Utc);
        Assert.Equal([new("Collect by", null, "3 May 2026"), new("State", "Pending", "Ready"), new AuditChange("Auto approves", "no", "yes")], changes);
        Assert.Equal([new AuditChange("Loans", null, "5")], AuditChange.Of(null, """{"Loans":5}""", LibraryZone.Utc));
        Assert.Equal([new AuditChange("Due at", null, "3 May 2026, 23:59")], AuditChange.Of(null, """{"dueAt":"2026-05-03T23:59:59+00:00"}""", LibraryZone.Utc));
        Assert.Empty(AuditChange.Of(null, null, LibraryZone.Utc));
    }

    async Task<IEnumerable<string>> ActionsAsync(AuditFilter filter) =>
        TestLibrary.Allowed(await _library.Get<ListAudit>().RunAsync(_admin, filter, 1)).Items.Select(entry => entry.Action);
}
