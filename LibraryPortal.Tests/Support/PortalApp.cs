using System.Net;
using LibraryPortal.Data;
using LibraryPortal.Data.Patrons;
using LibraryPortal.Identity;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LibraryPortal.Tests.Support;

/// <summary>The whole portal on a free port of 127.0.0.1 with a data directory of its own: pages, API and worker, as a person would start it.</summary>
/// <remarks>Use it as a class fixture, or make one and call <see cref="InitializeAsync"/>; set what must differ with <see cref="With"/> before that.
/// Each instance is independent of every other, so tests run in parallel.</remarks>
public class PortalApp : IAsyncLifetime
{
    /// <summary>The password of every account made by <see cref="CreateUserAsync"/>.</summary>
    public const string Password = "correct horse battery";

    readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase);
    readonly TemporaryDirectory _data = new();
    Factory? _factory;

    public PortalApp()
    {
        // One test class makes more requests than a person; the tests of the limits set their own.
        foreach (var limit in new[] { "SignIn", "Registration", "PasswordReset", "ApiLogin", "Api" })
            With($"RateLimits:{limit}:Permits", "100000");
        With("Logging:LogLevel:Default", "Warning");
    }

    /// <summary>Where the portal answers, with a slash at the end.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public string DataDirectory => _data.Path;

    /// <summary>The running program's services.</summary>
    public IServiceProvider Services => Running.Services;

    /// <summary>Everything the program has logged at the level that is set (warnings by default).</summary>
    public CapturedLog Log { get; } = new();

    /// <summary>Development shows details and makes demo accounts; Testing (the default) behaves like production.</summary>
    public string EnvironmentName { get; init; } = "Testing";

    /// <summary>Replaces services before the program starts, for instance the clock.</summary>
    public Action<IServiceCollection>? Configure { get; init; }

    Factory Running => _factory ?? throw new InvalidOperationException("Call InitializeAsync first.");

    /// <summary>Sets one setting; call it before the program starts.</summary>
    public PortalApp With(string name, string value)
    {
        _settings[name] = value;
        return this;
    }

    public virtual ValueTask InitializeAsync()
    {
        _factory = new Factory(this);
        _factory.UseKestrel(0);
        _factory.StartServer();
        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_factory is not null)
            await _factory.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>A client that keeps cookies and does not follow redirects, so that both can be looked at.</summary>
    public PortalBrowser CreateBrowser() => new(Address);

    /// <summary>A client without cookies that does not follow redirects.</summary>
    public HttpClient CreateClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>Makes an account, past all forms and limits.</summary>
    public async Task<PortalUser> CreateUserAsync(string userName, string role = Roles.Patron)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var user = new PortalUser { UserName = userName, Email = $"{userName}@example.org", EmailConfirmed = true, CreatedAt = TimeProvider.System.GetUtcNow() };
        Check(await users.CreateAsync(user, Password));
        Check(await users.AddToRoleAsync(user, role));
        var database = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await database.EnrollAsync(user, role == Roles.Patron ? "Adult" : "Staff", user.CreatedAt, default);
        await database.SaveChangesAsync();
        return user;
    }

    /// <summary>The account as it is now; null when there is none.</summary>
    public async Task<PortalUser?> FindUserAsync(string userName)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>().FindByNameAsync(userName);
    }

    /// <summary>A client signed in with the given account's cookie.</summary>
    public async Task<PortalBrowser> SignInAsync(string userName, string password = Password)
    {
        var browser = CreateBrowser();
        using var response = await browser.SubmitAsync(AccountRoutes.SignIn, new() { ["Input.Login"] = userName, ["Input.Password"] = password });
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return browser;
    }

    /// <summary>A client that carries the given account's access token.</summary>
    public async Task<HttpClient> CreateApiClientAsync(string userName, string password = Password)
    {
        var client = CreateClient();
        using var response = await client.PostAsJsonAsync("/api/login", new { username = userName, password });
        response.EnsureSuccessStatusCode();
        var token = await response.Content.ReadFromJsonAsync<TokenReply>();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token!.access_token);
        return client;
    }

    static void Check(IdentityResult result) => Assert.True(result.Succeeded, result.ToString());

    sealed record TokenReply(string access_token);

    sealed class Factory(PortalApp app) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(app.EnvironmentName);
            builder.UseSetting("DataDirectory", app.DataDirectory);
            foreach (var (name, value) in app._settings)
                builder.UseSetting(name, value);
            builder.UseStaticWebAssets();
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(app.Log));
            builder.ConfigureServices(services => app.Configure?.Invoke(services));
        }
    }
}
