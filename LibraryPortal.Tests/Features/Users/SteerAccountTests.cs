using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Features.Users;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Users;

/// <summary>What an admin may do with accounts, and that somebody can always run the portal.</summary>
public sealed class SteerAccountTests : IAsyncLifetime
{
    readonly PortalApp _portal = new();

    public ValueTask InitializeAsync() => _portal.InitializeAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Lock_EndsEverySessionAndLastsUntilUnlocked()
    {
        var admin = await AddAsync("anna", Roles.Admin);
        var reader = await _portal.CreateUserAsync("ruth");
        var row = await RowAsync(admin, "ruth");

        Assert.Contains("ruth is locked out", TestLibrary.Allowed(await Steer.LockAsync(admin, row, locks: true)), StringComparison.Ordinal);
        var locked = await RowAsync(admin, "ruth");
        Assert.True(locked.IsLockedForGood);
        Assert.NotEqual(reader.SecurityStamp, (await _portal.FindUserAsync("ruth"))!.SecurityStamp);
        await Assert.ThrowsAsync<HttpRequestException>(() => _portal.CreateApiClientAsync("ruth"));

        TestLibrary.Allowed(await Steer.LockAsync(admin, locked, locks: false));
        TestLibrary.Allowed(await Steer.ChangeRoleAsync(admin, locked, Roles.Librarian));
        await using (var scope = _portal.Services.CreateAsyncScope())
        {
            var entries = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Audit.OrderBy(entry => entry.Id).ToListAsync();
            Assert.Equal([("account.locked", "anna"), ("account.unlocked", "anna"), ("account.role", "anna")], entries.Select(entry => (entry.Action, entry.ActorName)));
        }

        Assert.Null((await RowAsync(admin, "ruth")).LockedUntil);
        using var client = await _portal.CreateApiClientAsync("ruth");
    }

    [Fact]
    public async Task Lock_OfOneself_IsRefused()
    {
        var admin = await AddAsync("anna", Roles.Admin);
        await AddAsync("otto", Roles.Admin);
        TestLibrary.Refused(await Steer.LockAsync(admin, await RowAsync(admin, "anna"), locks: true), "own-account");
    }

    [Fact]
    public async Task LastAdmin_CannotBeDemoted_AlsoWhenTheOtherIsLockedOut()
    {
        var admin = await AddAsync("anna", Roles.Admin);
        var alone = TestLibrary.Refused(await Steer.ChangeRoleAsync(admin, await RowAsync(admin, "anna"), Roles.Patron), "last-admin");
        Assert.Equal("This is the only admin. Make another account an admin first.", alone.Message);

        await AddAsync("otto", Roles.Admin);
        TestLibrary.Allowed(await Steer.LockAsync(admin, await RowAsync(admin, "otto"), locks: true));
        TestLibrary.Refused(await Steer.ChangeRoleAsync(admin, await RowAsync(admin, "anna"), Roles.Patron), "last-admin");

        TestLibrary.Allowed(await Steer.LockAsync(admin, await RowAsync(admin, "otto"), locks: false));
        TestLibrary.Allowed(await Steer.ChangeRoleAsync(admin, await RowAsync(admin, "anna"), Roles.Patron));
    }

    [Fact]
    public async Task TwoAdmins_WhoLockEachOtherAtOnce_LeaveOne()
    {
        var (anna, otto) = (await AddAsync("anna", Roles.Admin), await AddAsync("otto", Roles.Admin));
        var (annas, ottos) = (await RowAsync(anna, "anna"), await RowAsync(anna, "otto"));
        var outcomes = await Task.WhenAll(Steer.LockAsync(anna, ottos, locks: true), Steer.LockAsync(otto, annas, locks: true));
        Assert.Single(outcomes, outcome => outcome.IsAllowed);
        Assert.Single(outcomes, outcome => outcome.Refusal?.Rule == "last-admin");
    }

    [Fact]
    public async Task NobodyButAnAdmin_SeesOrChangesAccounts()
    {
        var admin = await AddAsync("anna", Roles.Admin);
        var row = await RowAsync(admin, "anna");
        var librarian = await AddAsync("lena", Roles.Librarian);
        Assert.Equal(RefusalKind.Forbidden, (await Accounts.RunAsync(librarian, null, null, false, 1)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Steer.LockAsync(librarian, row, locks: true)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Steer.ChangeRoleAsync(librarian, row, Roles.Patron)).Refusal?.Kind);
    }

    [Fact]
    public async Task List_FindsByPartsOfNameAndEMail_ByRoleAndLock_InPages()
    {
        var admin = await AddAsync("anna", Roles.Admin);
        await AddAsync("lena", Roles.Librarian);
        for (var i = 10; i < 10 + ListAccounts.PageSize; i++)
            await _portal.CreateUserAsync($"reader{i}");
        Assert.Equal(ListAccounts.PageSize + 2, (await PageAsync(admin)).Total);
        Assert.Equal(2, (await PageAsync(admin, page: 99)).Page);
        Assert.Equal(["reader11"], Names(await PageAsync(admin, "ADER11")));
        Assert.Equal(["lena"], Names(await PageAsync(admin, "lena@exam")));
        Assert.Equal(["anna"], Names(await PageAsync(admin, role: Roles.Admin)));
        TestLibrary.Allowed(await Steer.LockAsync(admin, await RowAsync(admin, "reader12"), locks: true));
        Assert.Equal(["reader12"], Names(await PageAsync(admin, locked: true)));
    }

    SteerAccount Steer => _portal.Services.GetRequiredService<SteerAccount>();

    ListAccounts Accounts => _portal.Services.GetRequiredService<ListAccounts>();

    async Task<Caller> AddAsync(string name, string role) => new((await _portal.CreateUserAsync(name, role)).Id, role != Roles.Patron, role == Roles.Admin);

    async Task<Paged<AccountRow>> PageAsync(Caller caller, string? words = null, string? role = null, bool locked = false, int page = 1) =>
        TestLibrary.Allowed(await Accounts.RunAsync(caller, words, role, locked, page));

    async Task<AccountRow> RowAsync(Caller caller, string name) => Assert.Single((await PageAsync(caller, name)).Items);

    static IEnumerable<string> Names(Paged<AccountRow> page) => page.Items.Select(row => row.UserName);
}
