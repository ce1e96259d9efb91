using System.Net.Mail;
using System.Text.Json;
using LibraryPortal.Circulation;
using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Data.Patrons;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using LibraryPortal.Identity.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Patrons;

/// <summary>A librarian takes a reader in: card, profile, and with an e-mail address an invitation to choose a password.</summary>
internal sealed class AddPatron(IServiceScopeFactory scopes, OutboxSignal outbox, TimeProvider clock)
{
    const string PatronRole = "patron";

    /// <returns>The account's id.</returns>
    public async Task<Outcome<string>> RunAsync(Caller caller, NewPatron wanted, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var (email, card) = (Blank(wanted.Email), Blank(wanted.CardNumber));
        if (await RefuseAsync(database, wanted, email, card, cancellationToken) is { } wrong)
            return wrong;
        var name = wanted.Name!.Trim();
        var user = new PortalUser { DisplayName = name.Length > 100 ? name[..100] : name, Email = email, CreatedAt = clock.GetUtcNow(), LockoutEnabled = true };
        var profile = await database.EnrollAsync(user, wanted.Category!, user.CreatedAt, cancellationToken);
        var described = profile.Describe(name, wanted.Category!, wanted.Notes);
        if (!described.IsAllowed)
            return described.Refusal;
        if (card is not null && profile.GiveCard(card).Refusal is { } wrongCard)
            return wrongCard;
        user.UserName = await FreeNameAsync(database, profile.CardNumber, cancellationToken);
        if (await CreateAsync(scope.ServiceProvider, database, user, cancellationToken) is { } notMade)
            return notMade;
        database.Record(await database.ActorAsync(caller.UserId, cancellationToken), "patron.added", AuditSubject.Patron, user.Id, profile.Name, user.CreatedAt,
            after: JsonSerializer.Serialize(new { profile.CardNumber, profile.Category }));
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Notify();
        return user.Id;
    }

    static async Task<Refusal?> RefuseAsync(PortalDbContext database, NewPatron wanted, string? email, string? card, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(wanted.Name))
            return new Refusal(RefusalKind.Invalid, "Write down the reader's name.", "patron-name");
        if (string.IsNullOrEmpty(wanted.Category) || !await database.LendingPolicies.AnyAsync(policy => policy.Category == wanted.Category, cancellationToken))
            return new Refusal(RefusalKind.Invalid, "Choose a category.", "patron-category");
        if (card is not null && await database.Patrons.Where(patron => patron.CardNumber == card).Select(patron => patron.Name).FirstOrDefaultAsync(cancellationToken) is { } holder)
            return new Refusal(RefusalKind.Conflict, $"The card {card} is {holder}'s.", "card-taken");
        if (email is null)
            return null;
        if (email.Length > 254 || !MailAddress.TryCreate(email, out var address) || address.Address != email)
            return new Refusal(RefusalKind.Invalid, $"“{email}” is not an e-mail address.", "email");
        var upper = email.ToUpperInvariant();
        return await database.Users.AnyAsync(user => user.NormalizedEmail == upper, cancellationToken)
            ? new Refusal(RefusalKind.Conflict, $"Another account has the address {email}. Search for it; it may be the same reader.", "email-taken")
            : null;
    }

    // The number on the card is a name people have at hand; whoever holds it as a user name already keeps it.
    static async Task<string> FreeNameAsync(PortalDbContext database, string card, CancellationToken cancellationToken)
    {
        var upper = card.ToUpperInvariant();
        return UserNameRules.Allows(card) && !await database.Users.AnyAsync(user => user.NormalizedUserName == upper, cancellationToken) ? card : $"reader-{Guid.NewGuid():N}"[..20];
    }

    // The framework wants an address for every account; a reader without one has a card only, and nobody can sign in.
    static async Task<Refusal?> CreateAsync(IServiceProvider services, PortalDbContext database, PortalUser user, CancellationToken cancellationToken)
    {
        var users = services.GetRequiredService<UserManager<PortalUser>>();
        if (user.Email is null)
        {
            user.NormalizedUserName = users.NormalizeName(user.UserName);
            user.SecurityStamp = Guid.NewGuid().ToString("N");
            database.Users.Add(user);
            database.UserRoles.Add(new IdentityUserRole<string> { UserId = user.Id, RoleId = PatronRole });
            await database.SaveChangesAsync(cancellationToken);
            return null;
        }

        var made = await users.CreateAsync(user);
        if (made.Succeeded)
            made = await users.AddToRoleAsync(user, Roles.Patron);
        if (!made.Succeeded)
            return made.ToRefusal();
        await services.GetRequiredService<AccountLinks>().AddInvitationAsync(database, user);
        return null;
    }

    static string? Blank(string? text) => text?.Trim() is { Length: > 0 } words ? words : null;
}
