using System.Text.Json;
using LibraryPortal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Identity.Accounts;

/// <summary>What the portal keeps about an account, for its owner to take away: the account, the reader's profile, their requests and their loans. Secrets (password hash, keys of the second factor) stay here.</summary>
internal sealed class PersonalData(UserManager<PortalUser> users, PortalDbContext database)
{
    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>JSON as UTF-8.</returns>
    public async Task<byte[]> ReadAsync(PortalUser user)
    {
        var passkeys = await users.GetPasskeysAsync(user);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            user.UserName,
            user.DisplayName,
            user.Email,
            user.EmailConfirmed,
            user.PhoneNumber,
            user.CreatedAt,
            Roles = await users.GetRolesAsync(user),
            user.TwoFactorEnabled,
            Passkeys = passkeys.Select(passkey => new { passkey.Name, passkey.CreatedAt }),
            Profile = await database.Patrons.AsNoTracking().Where(patron => patron.UserId == user.Id).Select(patron => new
            {
                patron.Name, patron.CardNumber, patron.Category, patron.IsActive, patron.BlockReason, patron.BlockedUntil, patron.KeepsHistory, patron.CreatedAt,
            }).SingleOrDefaultAsync(),
            Requests = (await database.Requests.AsNoTracking().Where(request => request.PatronId == user.Id).OrderBy(request => request.Number).ToListAsync()).Select(request => new
            {
                Number = request.DisplayNumber, request.BookName, State = request.State.ToString(), request.RequestedAt, request.NeededUntil, request.DecidedAt, request.ReadyAt, request.CollectBy,
                request.CollectedAt, request.ReturnedAt, request.ClosedAt, request.DeclineReason, request.CancelReason,
            }),
            Loans = await (
                from loan in database.Loans.AsNoTracking()
                where loan.PatronId == user.Id
                join copy in database.Copies on loan.CopyId equals copy.Id
                join title in database.Titles on copy.TitleId equals title.Id
                orderby loan.LentAt
                select new { Book = title.Name, copy.Barcode, loan.LentAt, loan.DueAt, loan.ReturnedAt, loan.LostAt, loan.Renewals }).ToListAsync(),
        }, Readable);
    }
}
