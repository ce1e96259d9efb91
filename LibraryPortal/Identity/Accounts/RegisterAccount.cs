using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Data.Patrons;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Policies;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity.Accounts;

/// <summary>Makes an account. Everyone becomes a patron; only an admin may name another role.</summary>
internal sealed class RegisterAccount(UserManager<PortalUser> users, PortalDbContext database, AccountLinks links, OutboxSignal outbox, TimeProvider clock)
{
    /// <param name="caller">Who makes it; null for a stranger who registers.</param>
    public async Task<Outcome<PortalUser>> RunAsync(Registration registration, Caller? caller)
    {
        var role = Roles.Patron;
        if (caller is { IsAdmin: true } && !string.IsNullOrWhiteSpace(registration.Role))
        {
            if (Roles.Find(registration.Role) is not { } known)
                return new Refusal(RefusalKind.Invalid, Roles.Unknown(registration.Role));
            role = known;
        }

        await using var transaction = await database.Database.BeginTransactionAsync();
        var account = await MakeAsync(registration, role);
        if (!account.IsAllowed)
            return account;
        await links.AddConfirmationAsync(database, account.Value);
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
        outbox.Notify();
        return account;
    }

    /// <summary>Makes the account and tells nobody, for those who already are where it matters: the operator, and whoever sets the portal up.</summary>
    public async Task<Outcome<PortalUser>> MakeAsync(Registration registration, string role)
    {
        if (Missing(registration) is { } missing)
            return new Refusal(RefusalKind.Invalid, missing);
        var user = new PortalUser
        {
            UserName = registration.UserName!.Trim(),
            Email = registration.Email!.Trim(),
            DisplayName = registration.DisplayName?.Trim() ?? "",
            CreatedAt = clock.GetUtcNow(),
        };
        return await CreateAsync(user, registration.Password!, role) is { } refusal ? refusal : user;
    }

    /// <summary>Account, role and profile in one transaction: there is no account without them.</summary>
    /// <returns>Null when it was made.</returns>
    public async Task<Refusal?> CreateAsync(PortalUser user, string password, string role)
    {
        await using var transaction = database.Database.CurrentTransaction is null ? await database.Database.BeginTransactionAsync() : null;
        var result = await users.CreateAsync(user, password);
        if (result.Succeeded)
            result = await users.AddToRoleAsync(user, role);
        if (!result.Succeeded)
            return result.ToRefusal();
        await database.EnrollAsync(user, role == Roles.Patron ? PolicyDefaults.Adult.Category : PolicyDefaults.Staff.Category, clock.GetUtcNow(), default);
        await database.SaveChangesAsync();
        if (transaction is not null)
            await transaction.CommitAsync();
        return null;
    }

    static string? Missing(Registration registration)
    {
        if (string.IsNullOrWhiteSpace(registration.UserName))
            return "A user name is needed. " + UserNameRules.Sentence;
        if (string.IsNullOrWhiteSpace(registration.Email))
            return "An e-mail address is needed: it is where a forgotten password is reset.";
        if (registration.Email.Length > 254)
            return "An e-mail address has at most 254 characters.";
        if (registration.DisplayName?.Length > 100)
            return "A name to show has at most 100 characters.";
        return string.IsNullOrEmpty(registration.Password) ? "A password is needed." : null;
    }
}

/// <param name="Role">Counts only when an admin makes the account.</param>
internal sealed record Registration(string? UserName, string? Email, string? Password, string? Role = null, string? DisplayName = null);
