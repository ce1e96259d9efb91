using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Domain.Requests;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Identity.Accounts;

/// <summary>Ends an account and deletes what the portal knows of its owner. Where the library's own history hangs on it (a loan that was, a request that
/// was answered), that history stays and belongs to nobody.</summary>
internal sealed partial class CloseAccount(
    UserManager<PortalUser> users, PortalDbContext database, IEnumerable<IAccountFiles> files, TimeProvider clock, ILogger<CloseAccount> logger)
{
    const string Nobody = "A closed account";

    /// <returns>Null when it is done.</returns>
    public async Task<Refusal?> RunAsync(PortalUser user)
    {
        await using var transaction = await database.Database.BeginTransactionAsync();
        if (await RefuseAsync(user) is { } refusal)
            return refusal;

        await database.Mail.Where(mail => mail.UserId == user.Id).ExecuteDeleteAsync();
        await database.Notices.Where(notice => notice.UserId == user.Id).ExecuteDeleteAsync();
        var stored = await database.ReportExports.Where(export => export.OwnerId == user.Id && export.StoredName != null).Select(export => export.StoredName!).ToListAsync();
        await database.ReportExports.Where(export => export.OwnerId == user.Id).ExecuteDeleteAsync();
        await ForgetTracesAsync(user.Id);
        var hasHistory = await database.Requests.AnyAsync(request => request.PatronId == user.Id) || await database.Loans.AnyAsync(loan => loan.PatronId == user.Id);
        if (hasHistory)
            await ForgetAsync(user.Id);
        else if (await users.DeleteAsync(user) is { Succeeded: false } failed)
            return failed.ToRefusal();
        await transaction.CommitAsync();
        Closed(logger, user.Id);
        DeleteFiles(stored);
        return null;
    }

    void DeleteFiles(List<string> stored)
    {
        try
        {
            foreach (var place in files)
                stored.ForEach(place.Delete);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The account is closed already; a file no row names is swept up within the hour.
            FilesLeft(logger, error.Message);
        }
    }

    async Task<Refusal?> RefuseAsync(PortalUser user)
    {
        if (await database.Loans.AnyAsync(loan => loan.PatronId == user.Id && loan.ReturnedAt == null))
            return new Refusal(RefusalKind.Conflict, "You have books on loan. Bring them back first; then the account can be closed.", "books-on-loan");
        if (await database.Requests.AnyAsync(request => request.PatronId == user.Id && RequestStates.Active.Contains(request.State)))
            return new Refusal(RefusalKind.Conflict, "You have open requests. Cancel them first; then the account can be closed.", "open-requests");
        if (await users.IsInRoleAsync(user, Roles.Admin) && !await database.HasOtherAdminAsync(user.Id))
            return new Refusal(RefusalKind.Conflict, "This is the only admin. Make another account an admin first.", "last-admin");
        return null;
    }

    // What was done stays in the audit, and who did it does not; what was recorded of the person's profile goes. No foreign key holds these to the account.
    async Task ForgetTracesAsync(string id)
    {
        await database.Audit.Where(row => row.SubjectKind == AuditSubject.Patron && row.SubjectId == id).ExecuteDeleteAsync();
        await database.Audit.Where(row => row.ActorId == id).ExecuteUpdateAsync(row => row
            .SetProperty(entry => entry.ActorId, (string?)null)
            .SetProperty(entry => entry.ActorName, Nobody));
        await database.Audit.Where(row => row.SubjectKind == AuditSubject.Account && row.SubjectId == id).ExecuteUpdateAsync(row => row.SetProperty(entry => entry.SubjectName, Nobody));
        await database.Imports.Where(row => row.CreatedById == id).ExecuteUpdateAsync(row => row
            .SetProperty(import => import.CreatedById, (string?)null)
            .SetProperty(import => import.CreatedByName, Nobody));
        await database.ImportedItems.Where(item => item.Kind == ImportedItemKind.Patron && item.Key == id).ExecuteDeleteAsync();
        database.Record(new AuditActor(null, Nobody), "account.closed", AuditSubject.Account, id, Nobody, clock.GetUtcNow());
        await database.SaveChangesAsync();
    }

    // The row is what the history hangs on; nothing in it tells whose it was, and nobody can sign in to it.
    async Task ForgetAsync(string id)
    {
        await database.Patrons.Where(row => row.UserId == id).ExecuteDeleteAsync();
        var nobody = $"closed-{Guid.NewGuid():N}";
        await database.UserRoles.Where(row => row.UserId == id).ExecuteDeleteAsync();
        await database.UserClaims.Where(row => row.UserId == id).ExecuteDeleteAsync();
        await database.UserLogins.Where(row => row.UserId == id).ExecuteDeleteAsync();
        await database.UserTokens.Where(row => row.UserId == id).ExecuteDeleteAsync();
        await database.UserPasskeys.Where(row => row.UserId == id).ExecuteDeleteAsync();
        await database.Users.Where(row => row.Id == id).ExecuteUpdateAsync(row => row
            .SetProperty(user => user.UserName, nobody)
            .SetProperty(user => user.NormalizedUserName, nobody.ToUpperInvariant())
            .SetProperty(user => user.DisplayName, "")
            .SetProperty(user => user.Email, (string?)null)
            .SetProperty(user => user.NormalizedEmail, (string?)null)
            .SetProperty(user => user.PhoneNumber, (string?)null)
            .SetProperty(user => user.PasswordHash, (string?)null)
            .SetProperty(user => user.TwoFactorEnabled, false)
            .SetProperty(user => user.SecurityStamp, Guid.NewGuid().ToString())
            .SetProperty(user => user.LockoutEnabled, true)
            .SetProperty(user => user.LockoutEnd, DateTimeOffset.MaxValue));
    }

    [LoggerMessage(3102, LogLevel.Information, "Account {UserId} was closed by its owner.")]
    static partial void Closed(ILogger logger, string userId);

    [LoggerMessage(3103, LogLevel.Warning, "Files of a closed account could not be removed at once: {Reason}")]
    static partial void FilesLeft(ILogger logger, string reason);
}
