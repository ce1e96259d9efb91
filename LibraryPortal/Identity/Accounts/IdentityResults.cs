using LibraryPortal.Domain;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity.Accounts;

/// <summary>The framework's refusals as the portal's.</summary>
internal static class IdentityResults
{
    public static Refusal ToRefusal(this IdentityResult result)
    {
        var isTaken = result.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.DuplicateEmail)
            or nameof(IdentityErrorDescriber.ConcurrencyFailure));
        return new Refusal(isTaken ? RefusalKind.Conflict : RefusalKind.Invalid, result.ToSentences());
    }

    public static string ToSentences(this IdentityResult result) =>
        string.Join(' ', result.Errors.Select(error => error.Description).Distinct(StringComparer.Ordinal));
}
