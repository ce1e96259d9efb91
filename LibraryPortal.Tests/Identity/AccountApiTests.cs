using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LibraryPortal.Data;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Tests.Identity;

public sealed class AccountApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    const string GoodPassword = "words in a row";

    [Fact]
    public async Task Register_WithARoleInTheBody_MakesAPatron()
    {
        using var client = app.CreateClient();
        using var response = await client.PostAsJsonAsync("/api/register", new { username = "climber", email = "climber@example.org", password = GoodPassword, role = "Admin" });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Contains("climber", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.Equal([Roles.Patron], await RolesOf("climber"));
    }

    [Fact]
    public async Task Register_ByALibrarianWithARole_MakesAPatron()
    {
        await app.CreateUserAsync("desk", Roles.Librarian);
        using var client = await app.CreateApiClientAsync("desk");
        using var response = await client.PostAsJsonAsync("/api/register", new { username = "friend", email = "friend@example.org", password = GoodPassword, role = "Admin" });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal([Roles.Patron], await RolesOf("friend"));
    }

    [Fact]
    public async Task Register_ByAnAdminWithARole_GivesIt()
    {
        await app.CreateUserAsync("chief", Roles.Admin);
        using var client = await app.CreateApiClientAsync("chief");
        using var response = await client.PostAsJsonAsync("/api/register", new { username = "newdesk", email = "newdesk@example.org", password = GoodPassword, role = "librarian" });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal([Roles.Librarian], await RolesOf("newdesk"));

        using var refused = await client.PostAsJsonAsync("/api/register", new { username = "nobody", email = "nobody@example.org", password = GoodPassword, role = "emperor" });
        Assert.Contains("emperor", (await refused.ReadProblemAsync(HttpStatusCode.BadRequest)).Detail(), StringComparison.Ordinal);
        Assert.Null(await app.FindUserAsync("nobody"));
    }

    [Theory]
    [InlineData("", "a@example.org", GoodPassword, "user name")]
    [InlineData("a@b", "a@example.org", GoodPassword, "user name")]
    [InlineData("-x-", "a@example.org", GoodPassword, "user name")]
    [InlineData("valid", "", GoodPassword, "e-mail")]
    [InlineData("valid", "not an address", GoodPassword, "e-mail")]
    [InlineData("valid", "a@example.org", "short", "8 characters")]
    [InlineData("valid", "a@example.org", "password123", "guessed")]
    [InlineData("validname", "a@example.org", "ValidName", "user name")]
    [InlineData("valid", "valid.long@example.org", "valid.long", "e-mail")]
    [InlineData("valid", "a@example.org", "aaaaaaaaaaaa", "repeated")]
    public async Task Register_WithBadInput_SaysWhatIsWrong(string username, string email, string password, string expected)
    {
        using var client = app.CreateClient();
        using var response = await client.PostAsJsonAsync("/api/register", new { username, email, password });
        Assert.Contains(expected, (await response.ReadProblemAsync(HttpStatusCode.BadRequest)).Detail(), StringComparison.Ordinal);
        Assert.Null(await app.FindUserAsync(username));
    }

    [Fact]
    public async Task Register_WithATakenNameOrAddress_IsAConflict()
    {
        await app.CreateUserAsync("taken");
        using var client = app.CreateClient();
        using var name = await client.PostAsJsonAsync("/api/register", new { username = "TAKEN", email = "other@example.org", password = GoodPassword });
        await name.ReadProblemAsync(HttpStatusCode.Conflict);
        using var email = await client.PostAsJsonAsync("/api/register", new { username = "other", email = "Taken@example.org", password = GoodPassword });
        await email.ReadProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Login_WithNameOrAddress_GivesATokenThatWorks()
    {
        await app.CreateUserAsync("tokener");
        foreach (var login in new[] { "tokener", "tokener@example.org" })
        {
            using var client = await app.CreateApiClientAsync(login);
            var me = await client.GetFromJsonAsync<JsonElement>("/api/account");
            Assert.Equal("tokener", me.GetProperty("username").GetString());
            Assert.Equal(Roles.Patron, me.GetProperty("role").GetString());
        }
    }

    [Fact]
    public async Task Login_WithWrongPasswords_AnswersUnknownAndKnownNamesAlikeUpToTheLock()
    {
        await app.CreateUserAsync("known");
        using var client = app.CreateClient();
        for (var attempt = 1; attempt <= 7; attempt++)
        {
            var known = await TryAsync(client, "known");
            var unknown = await TryAsync(client, "unknown");
            Assert.Equal(known, unknown);
            Assert.Equal(attempt >= 5, known.Contains("locked", StringComparison.Ordinal));
        }

        Assert.Contains("locked", await TryAsync(client, "known", PortalApp.Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_WithMoreThanAnyAccountHas_IsAnsweredAsAWrongPasswordAndNotCounted()
    {
        using var client = app.CreateClient();
        var wrong = await TryAsync(client, "nobody-long");
        for (var i = 0; i < 25; i++)
            Assert.Equal(wrong, await TryAsync(client, new string('n', 255)));
        Assert.Equal(wrong, await TryAsync(client, "nobody-long", new string('p', 257)));
    }

    [Fact]
    public async Task Login_ForAnUnknownName_HashesThePasswordAllTheSame()
    {
        var hasher = new CountingHasher();
        await using var counted = new PortalApp { Configure = services => services.AddSingleton<IPasswordHasher<PortalUser>>(hasher) };
        await counted.InitializeAsync();
        await counted.CreateUserAsync("real");
        using var client = counted.CreateClient();
        await TryAsync(client, "real");
        Assert.Equal(1, hasher.Verified);
        await TryAsync(client, "unreal");
        Assert.Equal(2, hasher.Verified);
    }

    [Fact]
    public async Task Login_WithASecondFactor_NeedsItsCode()
    {
        var user = await app.CreateUserAsync("careful");
        string key;
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
            var account = (await users.FindByIdAsync(user.Id))!;
            await users.ResetAuthenticatorKeyAsync(account);
            key = (await users.GetAuthenticatorKeyAsync(account))!;
            await users.SetTwoFactorEnabledAsync(account, enabled: true);
        }

        using var client = app.CreateClient();
        using var without = await client.PostAsJsonAsync("/api/login", new { username = "careful", password = PortalApp.Password });
        Assert.Equal("two-factor", (await without.ReadProblemAsync(HttpStatusCode.Unauthorized)).GetProperty("rule").GetString());
        using var wrong = await client.PostAsJsonAsync("/api/login", new { username = "careful", password = PortalApp.Password, two_factor_code = "000000" });
        await wrong.ReadProblemAsync(HttpStatusCode.Unauthorized);
        using var right = await client.PostAsJsonAsync("/api/login", new { username = "careful", password = PortalApp.Password, two_factor_code = Totp.Code(key) });
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Api_WithACookieOnly_IsNotSignedIn()
    {
        await app.CreateUserAsync("cookie", Roles.Admin);
        using var browser = await app.SignInAsync("cookie");
        using var read = await browser.Client.GetAsync("/api/account");
        await read.ReadProblemAsync(HttpStatusCode.Unauthorized);
        using var made = await browser.Client.PostAsJsonAsync("/api/register", new { username = "bycookie", email = "bycookie@example.org", password = GoodPassword, role = "Admin" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal([Roles.Patron], await RolesOf("bycookie"));
    }

    [Fact]
    public async Task Page_WithATokenOnly_IsNotSignedIn()
    {
        await app.CreateUserAsync("tokenonly");
        using var client = await app.CreateApiClientAsync("tokenonly");
        using var response = await client.GetAsync(AccountRoutes.Manage);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    static async Task<string> TryAsync(HttpClient client, string username, string password = "not the password")
    {
        using var response = await client.PostAsJsonAsync("/api/login", new { username, password });
        return (await response.ReadProblemAsync(HttpStatusCode.Unauthorized)).Detail();
    }

    async Task<IList<string>> RolesOf(string userName)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        return await users.GetRolesAsync((await users.FindByNameAsync(userName))!);
    }

    sealed class CountingHasher : IPasswordHasher<PortalUser>
    {
        readonly PasswordHasher<PortalUser> _inner = new();
        int _verified;

        public int Verified => _verified;

        public string HashPassword(PortalUser user, string password) => _inner.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(PortalUser user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _verified);
            return _inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
