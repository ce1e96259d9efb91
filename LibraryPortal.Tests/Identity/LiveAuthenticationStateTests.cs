using System.Security.Claims;
using LibraryPortal.Data;
using LibraryPortal.Identity;
using LibraryPortal.Identity.SignIn;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Tests.Identity;

/// <summary>An open page and what changes behind its back. The interval is one second, the shortest there is; the tests wait for the change itself.</summary>
public sealed class LiveAuthenticationStateTests : IAsyncLifetime
{
    static readonly TimeSpan Patience = Eventually.Deadline;

    readonly PortalApp _app = new PortalApp().With("Accounts:RevalidateSeconds", "1");

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task OpenPage_WhenTheRoleChanges_HasTheNewRole()
    {
        var principal = await ChangeBehindAsync("promoted", (users, user) => users.AddToRoleAsync(user, Roles.Librarian));
        Assert.True(principal.IsInRole(Roles.Librarian));
        Assert.True(principal.Identity?.IsAuthenticated);
    }

    [Fact]
    public async Task OpenPage_WhenTheAccountIsLocked_IsSignedOut()
    {
        var principal = await ChangeBehindAsync("closed", (users, user) => users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue));
        Assert.False(principal.Identity?.IsAuthenticated);
    }

    [Fact]
    public async Task OpenPage_WhenThePasswordChanges_IsSignedOut()
    {
        var principal = await ChangeBehindAsync("changed", (users, user) => users.UpdateSecurityStampAsync(user));
        Assert.False(principal.Identity?.IsAuthenticated);
    }

    async Task<ClaimsPrincipal> ChangeBehindAsync(string name, Func<UserManager<PortalUser>, PortalUser, Task<IdentityResult>> change)
    {
        await _app.CreateUserAsync(name);
        await using var circuit = _app.Services.CreateAsyncScope();
        var signIn = circuit.ServiceProvider.GetRequiredService<SignInManager<PortalUser>>();
        var user = (await signIn.UserManager.FindByNameAsync(name))!;
        var provider = (LiveAuthenticationState)circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        var changed = new TaskCompletionSource<ClaimsPrincipal>(TaskCreationOptions.RunContinuationsAsynchronously);
        ((IHostEnvironmentAuthenticationStateProvider)provider).SetAuthenticationState(Task.FromResult(new AuthenticationState(await signIn.CreateUserPrincipalAsync(user))));
        provider.AuthenticationStateChanged += async next => changed.TrySetResult((await next).User);

        await using var admin = _app.Services.CreateAsyncScope();
        var users = admin.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        Assert.True((await change(users, (await users.FindByNameAsync(name))!)).Succeeded);
        return await changed.Task.WaitAsync(Patience);
    }
}
