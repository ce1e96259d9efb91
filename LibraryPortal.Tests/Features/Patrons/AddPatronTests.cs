using LibraryPortal.Data;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Features.Patrons;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Patrons;

/// <summary>Readers a librarian takes in, with and without an address.</summary>
public sealed class AddPatronTests : IAsyncLifetime
{
    readonly PortalApp _portal = new();
    Caller _librarian = null!;

    public async ValueTask InitializeAsync()
    {
        await _portal.InitializeAsync();
        _librarian = new Caller((await _portal.CreateUserAsync("lena", Roles.Librarian)).Id, IsLibrarian: true, IsAdmin: false);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task WithAnAddress_TheReaderIsInvited_AndHasACardOfTheSeries()
    {
        var id = TestLibrary.Allowed(await AddAsync(new NewPatron { Name = " Ada Lovelace ", Category = "Adult", Email = "ada@example.org", Notes = "From the school" }));
        await using var database = await OpenAsync();
        var profile = await database.Patrons.SingleAsync(patron => patron.UserId == id);
        Assert.True(CardNumber.IsValid(profile.CardNumber));
        Assert.Equal(("Ada Lovelace", "From the school"), (profile.Name, profile.Notes));
        var user = await database.Users.SingleAsync(user => user.Id == id);
        Assert.Equal((profile.CardNumber, (string?)null), (user.UserName, user.PasswordHash));
        Assert.Equal("Patron", await (from row in database.UserRoles join role in database.Roles on row.RoleId equals role.Id where row.UserId == id select role.Name).SingleAsync());
        Assert.Equal("account.invitation", (await database.Mail.SingleAsync(mail => mail.UserId == id)).Kind);
        Assert.Equal("lena", (await database.Audit.SingleAsync(entry => entry.Action == "patron.added")).ActorName);
    }

    [Fact]
    public async Task WithoutAnAddress_TheReaderHasACardOnly()
    {
        var first = TestLibrary.Allowed(await AddAsync(new NewPatron { Name = "Ben", Category = "Child", CardNumber = " OLD 17 " }));
        var second = TestLibrary.Allowed(await AddAsync(new NewPatron { Name = "Cy", Category = "Child" }));
        await using var database = await OpenAsync();
        Assert.Equal("OLD 17", (await database.Patrons.SingleAsync(patron => patron.UserId == first)).CardNumber);
        Assert.Equal(2, await database.Users.CountAsync(user => (user.Id == first || user.Id == second) && user.Email == null && user.NormalizedUserName != null));
        Assert.Empty(await database.Mail.Where(mail => mail.UserId == first).ToListAsync());
        Assert.Equal(2, await database.UserRoles.CountAsync(row => row.UserId == first || row.UserId == second));
    }

    [Theory]
    [InlineData("", "Adult", null, null, "patron-name")]
    [InlineData("Ada", "Pirate", null, null, "patron-category")]
    [InlineData("Ada", "Adult", "not an address", null, "email")]
    [InlineData("Ada", "Adult", "LENA@example.org", null, "email-taken")]
    public async Task WhatIsWrong_IsSaid_AndNothingIsKept(string name, string category, string? email, string? card, string rule)
    {
        TestLibrary.Refused(await AddAsync(new NewPatron { Name = name, Category = category, Email = email, CardNumber = card }), rule);
        await using var database = await OpenAsync();
        Assert.Equal(1, await database.Patrons.CountAsync());
        Assert.Equal(1, await database.Users.CountAsync());
    }

    [Fact]
    public async Task TakenCard_NamesItsHolder_AndAReaderMayTakeNobodyIn()
    {
        TestLibrary.Allowed(await AddAsync(new NewPatron { Name = "Ben", Category = "Child", CardNumber = "17" }));
        Assert.Equal("The card 17 is Ben's.", TestLibrary.Refused(await AddAsync(new NewPatron { Name = "Cy", Category = "Child", CardNumber = "17" }), "card-taken").Message);
        TestLibrary.Refused(await Add.RunAsync(new Caller("x", false, false), new NewPatron { Name = "Eve", Category = "Adult" }), "staff-only");
    }

    AddPatron Add => _portal.Services.GetRequiredService<AddPatron>();

    Task<LibraryPortal.Domain.Outcome<string>> AddAsync(NewPatron wanted) => Add.RunAsync(_librarian, wanted);

    Task<PortalDbContext> OpenAsync() => _portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
}
