using System.Security.Claims;
using LibraryPortal.Data;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Identity.SignIn;

/// <summary>Keeps an open page honest: every <see cref="AccountOptions.RevalidateSeconds"/> the account is read again. A changed password, a lock or a deleted
/// account signs the page out; a changed role takes effect on it.</summary>
internal sealed class LiveAuthenticationState(ILoggerFactory loggers, IServiceScopeFactory scopes, IOptions<AccountOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(options.Value.RevalidateSeconds);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        // A scope of its own: the circuit's may hold the account as it was.
        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<PortalUser>>();
        var user = await signIn.ValidateSecurityStampAsync(authenticationState.User);
        if (user is null || await signIn.UserManager.IsLockedOutAsync(user))
            return false;

        var roles = await signIn.UserManager.GetRolesAsync(user);
        if (!roles.ToHashSet(StringComparer.Ordinal).SetEquals(authenticationState.User.FindAll(ClaimTypes.Role).Select(claim => claim.Value)))
            SetAuthenticationState(Task.FromResult(new AuthenticationState(await signIn.CreateUserPrincipalAsync(user))));
        return true;
    }
}
