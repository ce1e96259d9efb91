using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Identity.Accounts;

namespace LibraryPortal.Features.Users;

/// <summary>What an admin does with an account on a page. Each step has services of its own: those of a page live as long as the page and would remember the account as it was.</summary>
internal sealed class SteerAccount(IServiceScopeFactory scopes)
{
    /// <returns>What to say.</returns>
    public async Task<Outcome<string>> ChangeRoleAsync(Caller caller, AccountRow account, string role)
    {
        await using var scope = scopes.CreateAsyncScope();
        var changed = await scope.ServiceProvider.GetRequiredService<ChangeRole>().RunAsync(caller, account.Id, role);
        return changed.IsAllowed ? $"{account.Name} is {(changed.Value == Roles.Admin ? "an" : "a")} {changed.Value} now." : changed.Refusal;
    }

    /// <returns>What to say.</returns>
    public async Task<Outcome<string>> LockAsync(Caller caller, AccountRow account, bool locks)
    {
        await using var scope = scopes.CreateAsyncScope();
        var changed = await scope.ServiceProvider.GetRequiredService<LockAccount>().RunAsync(caller, account.Id, locks);
        if (!changed.IsAllowed)
            return changed.Refusal;
        return locks ? $"{account.Name} is locked out; open pages end within a minute." : $"{account.Name} can sign in again.";
    }
}
