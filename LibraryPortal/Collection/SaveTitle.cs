using System.Globalization;
using LibraryPortal.Circulation;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Records;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Collection;

/// <summary>Puts a title into the catalogue, or corrects one.</summary>
internal sealed class SaveTitle(ChangeLibrary library, ILiveBoard board)
{
    /// <param name="id">Null: a new title.</param>
    /// <param name="shown">What was corrected: the details as they were shown. Null for a new title.</param>
    /// <returns>Its number.</returns>
    public async Task<Outcome<int>> RunAsync(Caller caller, int? id, TitleDetails details, TitleDetails? shown, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        var saved = await library.RunAsync<int>(caller, async change =>
        {
            if (id is null)
            {
                var added = new Title(details, change.Now);
                change.Database.Titles.Add(added);
                await change.Database.SaveChangesAsync(cancellationToken);
                change.Database.Record(change.Actor, "title.added", AuditSubject.Title, Key(added.Id), added.Name, change.Now, after: TitleJson.Write(details));
                return added.Id;
            }

            if (await change.Database.Titles.FirstOrDefaultAsync(title => title.Id == id, cancellationToken) is not { } title)
                return CirculationRefusals.NoTitle;
            var before = TitleJson.Write(title.Details);
            var after = TitleJson.Write(details);
            if (before == after)
                return title.Id;
            if (shown is null || before != TitleJson.Write(shown))
                return CollectionRefusals.ChangedMeanwhile;
            title.Describe(details);
            change.Database.Record(change.Actor, "title.changed", AuditSubject.Title, Key(title.Id), title.Name, change.Now, before: before, after: after);
            return title.Id;
        }, cancellationToken);
        if (saved.IsAllowed)
            board.Publish(new CatalogChanged(saved.Value));
        return saved;
    }

    internal static string Key(int id) => id.ToString(CultureInfo.InvariantCulture);
}
