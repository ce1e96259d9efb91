using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Patrons;

/// <summary>Finds whose card it is, for the staff.</summary>
internal sealed class FindPatron(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Outcome<PatronProfile>> ByCardAsync(Caller caller, string? card, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        var number = card?.Trim() ?? "";
        if (number.Length is 0 or > CardNumber.MaxLength)
            return new Refusal(RefusalKind.Invalid, $"A card number has 1 to {CardNumber.MaxLength} characters; this one has {number.Length:N0}.", "card-number");
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Patrons.AsNoTracking().SingleOrDefaultAsync(patron => patron.CardNumber == number, cancellationToken) is { } patron
            ? patron
            : new Refusal(RefusalKind.NotFound, $"No reader has the card {number}.", "unknown-card");
    }
}
