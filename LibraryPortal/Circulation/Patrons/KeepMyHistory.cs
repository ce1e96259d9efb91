using LibraryPortal.Domain;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Patrons;

/// <summary>A reader chooses whether past loans and requests are kept with their name.</summary>
internal sealed class KeepMyHistory(ChangeLibrary library)
{
    /// <returns>What is told.</returns>
    public Task<Outcome<string>> RunAsync(Caller caller, bool keeps, CancellationToken cancellationToken = default) =>
        library.RunAsync<string>(caller, async change =>
        {
            if (await change.Database.Patrons.SingleOrDefaultAsync(patron => patron.UserId == caller.UserId, cancellationToken) is not { } patron)
                return CirculationRefusals.NoPatron;
            if (patron.KeepsHistory != keeps)
            {
                patron.KeepHistory(keeps);
                change.Did("patron.history", patron);
            }

            var days = await change.Database.Settings.Select(settings => settings.HistoryDays).SingleAsync(cancellationToken);
            return keeps
                ? "Your past loans and requests are kept until you delete them."
                : $"Past loans and requests lose your name {(days == 1 ? "1 day" : $"{days} days")} after they end.";
        }, cancellationToken);
}
