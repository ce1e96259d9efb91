using LibraryPortal.Circulation;
using LibraryPortal.Data;
using LibraryPortal.Data.Imports;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Collection;

/// <summary>Which labels to print. Of several choices the first that is told counts.</summary>
/// <param name="IsUnlabelled">The copies whose label was never printed.</param>
/// <param name="Title">The copies of this title.</param>
/// <param name="Import">The copies this import brought.</param>
/// <param name="From">The first barcode or card number.</param>
/// <param name="To">The last; null: only the first.</param>
internal sealed record LabelChoice(bool IsCards, bool IsUnlabelled, int? Title, int? Import, string? From, string? To);

/// <summary>One label or card.</summary>
/// <param name="Code">What the scanner reads.</param>
/// <param name="Heading">The title of a copy, or the name on a card.</param>
/// <param name="Line">Shelf, or the library's name on a card: a category may change, a card stays.</param>
internal sealed record LabelText(string Code, string Heading, string? Line);

/// <summary>Collects what is printed on labels of copies and on readers' cards.</summary>
internal sealed class ListLabels(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>The most at a time: twenty sheets of the smallest.</summary>
    public const int Most = 1_300;

    public async Task<Outcome<List<LabelText>>> RunAsync(Caller caller, LabelChoice choice, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var (from, to) = (choice.From?.Trim() ?? "", choice.To?.Trim() is { Length: > 0 } last ? last : choice.From?.Trim() ?? "");
        if (choice.IsCards)
        {
            var library = await database.Settings.Select(settings => settings.Name).SingleAsync(cancellationToken);
            return await database.Patrons.AsNoTracking().Where(patron => from.Length > 0 && patron.CardNumber.CompareTo(from) >= 0 && patron.CardNumber.CompareTo(to) <= 0)
                .OrderBy(patron => patron.CardNumber).Take(Most).Select(patron => new LabelText(patron.CardNumber, patron.Name, library)).ToListAsync(cancellationToken);
        }

        var copies = database.Copies.AsNoTracking().Where(copy => copy.State != CopyState.Withdrawn);
        copies = choice switch
        {
            { IsUnlabelled: true } => copies.Where(copy => copy.LabelledAt == null),
            { Title: { } title } => copies.Where(copy => copy.TitleId == title),
            { Import: { } import } => copies.Where(copy => EF.Property<int?>(copy, ImportOrigin.Import) == import),
            _ => copies.Where(copy => from.Length > 0 && copy.Barcode.CompareTo(from) >= 0 && copy.Barcode.CompareTo(to) <= 0),
        };
        return await (
            from copy in copies
            join title in database.Titles on copy.TitleId equals title.Id
            orderby copy.Barcode
            select new LabelText(copy.Barcode, title.Name, copy.Shelf)).Take(Most).ToListAsync(cancellationToken);
    }

    /// <summary>How many copies have no label yet.</summary>
    public async Task<Outcome<int>> CountUnlabelledAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Copies.CountAsync(copy => copy.LabelledAt == null && copy.State != CopyState.Withdrawn, cancellationToken);
    }
}
