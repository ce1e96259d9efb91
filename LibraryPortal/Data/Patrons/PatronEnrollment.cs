using LibraryPortal.Data.Numbers;
using LibraryPortal.Domain.Patrons;

namespace LibraryPortal.Data.Patrons;

/// <summary>Gives accounts their profile.</summary>
public static class PatronEnrollment
{
    /// <summary>Adds the profile of a new account, with the next card number, to the context; it is there once the context is saved.</summary>
    /// <param name="category">One that exists.</param>
    public static async Task<PatronProfile> EnrollAsync(this PortalDbContext database, PortalUser user, string category, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var card = CardNumber.Of(await database.TakeNumbersAsync(NumberSeriesExtensions.Cards, 1, cancellationToken));
        var name = user.DisplayName is { Length: > 0 } shown ? shown : user.UserName ?? "";
        var profile = new PatronProfile(user.Id, card, name, category, now);
        database.Patrons.Add(profile);
        return profile;
    }
}
