using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using LibraryPortal.Data;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LibraryPortal.Tests.Identity;

public sealed class AccessTokenTests : IAsyncLifetime
{
    readonly ShiftedClock _clock = new();
    readonly PortalApp _app;

    public AccessTokenTests() => _app = new PortalApp { Configure = services => services.AddSingleton<TimeProvider>(_clock) };

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Token_Missing_IsAskedFor()
    {
        using var client = _app.CreateClient();
        using var response = await client.GetAsync("/api/account");
        var problem = await response.ReadProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Contains("/api/login", problem.Detail(), StringComparison.Ordinal);
        Assert.Equal("Bearer realm=\"LibraryPortal\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Token_AfterItsEightHours_HasExpired()
    {
        await _app.CreateUserAsync("early");
        using var client = await _app.CreateApiClientAsync("early");
        _clock.Shift = TimeSpan.FromHours(7.9);
        using var inTime = await client.GetAsync("/api/account");
        Assert.Equal(HttpStatusCode.OK, inTime.StatusCode);
        _clock.Shift = TimeSpan.FromHours(8) + TimeSpan.FromSeconds(10);
        await AssertRefusedAsync(client, "expired");
    }

    [Fact]
    public async Task Token_ForgedOrChanged_IsRefused()
    {
        var user = await _app.CreateUserAsync("victim");
        using var client = await _app.CreateApiClientAsync("victim");
        var genuine = client.DefaultRequestHeaders.Authorization!.Parameter!;

        Use(client, Sign(user, RandomKey()));
        await AssertRefusedAsync(client, "not signed by this portal");
        var parts = genuine.Split('.');
        Use(client, $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("victim", "master", StringComparison.Ordinal))}.{parts[2]}");
        await AssertRefusedAsync(client, "not signed by this portal");
        Use(client, $"{Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}")}.{parts[1]}.");
        await AssertRefusedAsync(client, "");
        Use(client, "nonsense");
        await AssertRefusedAsync(client, "not a token");
        Use(client, genuine);
        using var good = await client.GetAsync("/api/account");
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task Token_AfterThePasswordChanged_StopsWorking()
    {
        await _app.CreateUserAsync("changer");
        using var client = await _app.CreateApiClientAsync("changer");
        await ChangeAsync("changer", (users, user) => users.ChangePasswordAsync(user, PortalApp.Password, "another row of words"));
        await AssertRefusedAsync(client, "has changed");
    }

    [Fact]
    public async Task Token_WhileTheAccountIsLocked_StopsWorking()
    {
        await _app.CreateUserAsync("locked");
        using var client = await _app.CreateApiClientAsync("locked");
        await ChangeAsync("locked", (users, user) => users.SetLockoutEndDateAsync(user, TimeProvider.System.GetUtcNow().AddHours(1)));
        await AssertRefusedAsync(client, "locked");
    }

    [Fact]
    public async Task Token_OfADeletedAccount_StopsWorking()
    {
        await _app.CreateUserAsync("gone");
        using var client = await _app.CreateApiClientAsync("gone");
        await ChangeAsync("gone", (users, user) => users.DeleteAsync(user));
        await AssertRefusedAsync(client, "no longer exists");
    }

    [Fact]
    public async Task Token_AfterTheRoleChanged_HasTheNewRole()
    {
        await _app.CreateUserAsync("riser");
        using var client = await _app.CreateApiClientAsync("riser");
        await ChangeAsync("riser", (users, user) => users.AddToRoleAsync(user, Roles.Admin));
        using var made = await client.PostAsJsonAsync("/api/register", new { username = "second", email = "second@example.org", password = "a row of words", role = "Librarian" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await using var scope = _app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        Assert.True(await users.IsInRoleAsync((await users.FindByNameAsync("second"))!, Roles.Librarian));
    }

    [Fact]
    public void Token_SaysNothingSecret()
    {
        var user = new PortalUser { Id = "1", UserName = "open", SecurityStamp = "THE-STAMP" };
        var token = _app.Services.GetRequiredService<LibraryPortal.Identity.Tokens.AccessTokenIssuer>().Issue(user).Value;
        Assert.DoesNotContain("THE-STAMP", Base64UrlEncoder.Decode(token.Split('.')[1]), StringComparison.Ordinal);
    }

    static async Task AssertRefusedAsync(HttpClient client, string because)
    {
        using var response = await client.GetAsync("/api/account");
        var problem = await response.ReadProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Contains(because, problem.Detail(), StringComparison.Ordinal);
        Assert.Contains("error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    static void Use(HttpClient client, string token) => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    static SymmetricSecurityKey RandomKey() => new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(64));

    static string Sign(PortalUser user, SymmetricSecurityKey key) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "LibraryPortal",
        Audience = "LibraryPortal.Api",
        Subject = new ClaimsIdentity([new Claim("sub", user.Id)]),
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
    });

    async Task ChangeAsync(string userName, Func<UserManager<PortalUser>, PortalUser, Task<IdentityResult>> change)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var result = await change(users, (await users.FindByNameAsync(userName))!);
        Assert.True(result.Succeeded, result.ToString());
    }
}
