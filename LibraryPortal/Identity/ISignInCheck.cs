using System.Security.Claims;

namespace LibraryPortal.Identity;

/// <summary>For connections that outlive the request that opened them with an access token.</summary>
internal interface ISignInCheck
{
    /// <returns>False once the account is gone, locked or has changed since its token was given.</returns>
    Task<bool> HoldsAsync(ClaimsPrincipal caller, CancellationToken cancellationToken);
}
