using LibraryPortal.Data;
using LibraryPortal.Data.Imports;
using LibraryPortal.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Patrons;

/// <summary>The readers that rows of one batch may be the same as: by the row itself, by card number, by address, or by user name. Row 0 is the library; the value is the
/// reader's name.</summary>
internal sealed class HeldPatrons
{
    /// <summary>The key of the role in the schema.</summary>
    public const string PatronRole = "patron";

    readonly Dictionary<string, SeenRow> _known = new(StringComparer.OrdinalIgnoreCase);
    readonly List<SeenRow> _added = [];

    /// <summary>What a check must remember of this batch.</summary>
    public IReadOnlyList<SeenRow> Added => _added;

    /// <param name="importId">Readers whom earlier rows of this import brought are known by those rows.</param>
    public static async Task<HeldPatrons> LoadAsync(
        PortalDbContext database, IReadOnlyList<PatronDraft> drafts, int importId, SeenRows? seen, CancellationToken cancellationToken)
    {
        var held = new HeldPatrons();
        if (seen is not null)
        {
            foreach (var row in (await seen.FindAsync(drafts.SelectMany(Keys).Distinct(StringComparer.Ordinal), cancellationToken)).Values)
                held._known[row.Key] = row;
        }

        var cards = Distinct(drafts.Select(draft => draft.Card));
        var emails = Distinct(drafts.Select(draft => draft.Email?.ToUpperInvariant()));
        var names = Distinct(drafts.Select(draft => draft.UserName?.ToUpperInvariant()));
        var prints = Distinct(drafts.Select(draft => draft.Fingerprint));
        List<Reader> found = [];
        await AddAsync(from patron in database.Patrons where EF.Parameter(cards).Contains(patron.CardNumber) select new Reader("c:" + patron.CardNumber, patron.UserId, patron.Name));
        await AddAsync(
            from user in database.Users where EF.Parameter(emails).Contains(user.NormalizedEmail!)
            join patron in database.Patrons on user.Id equals patron.UserId into patrons
            from patron in patrons.DefaultIfEmpty()
            select new Reader("e:" + user.NormalizedEmail, user.Id, patron == null ? user.DisplayName : patron.Name));
        await AddAsync(
            from user in database.Users where EF.Parameter(names).Contains(user.NormalizedUserName!)
            join patron in database.Patrons on user.Id equals patron.UserId into patrons
            from patron in patrons.DefaultIfEmpty()
            select new Reader("u:" + user.NormalizedUserName, user.Id, patron == null ? user.DisplayName : patron.Name));
        await AddAsync(
            from item in database.ImportedItems where item.Kind == ImportedItemKind.Patron && EF.Parameter(prints).Contains(item.Fingerprint!)
            join patron in database.Patrons on item.Key equals patron.UserId
            select new Reader("f:" + item.Fingerprint, patron.UserId, patron.Name));
        var ids = Distinct(found.Select(reader => reader.UserId));
        var rows = await database.ImportedItems.Where(item => item.ImportId == importId && item.Kind == ImportedItemKind.Patron && EF.Parameter(ids).Contains(item.Key))
            .ToDictionaryAsync(item => item.Key, item => item.Row, cancellationToken);
        foreach (var reader in found)
            held._known.TryAdd(reader.Key, new SeenRow(reader.Key, rows.GetValueOrDefault(reader.UserId), reader.Name));
        return held;

        async Task AddAsync(IQueryable<Reader> readers) => found.AddRange(await readers.ToListAsync(cancellationToken));
    }

    /// <summary>Where the very same row is known from.</summary>
    public SeenRow? Same(PatronDraft draft) => _known.GetValueOrDefault($"f:{draft.Fingerprint}");

    /// <summary>Who has this card.</summary>
    public SeenRow? ByCard(string? card) => card is null ? null : _known.GetValueOrDefault($"c:{card}");

    /// <summary>Who has this address.</summary>
    public SeenRow? ByEmail(string? email) => email is null ? null : _known.GetValueOrDefault($"e:{email.ToUpperInvariant()}");

    /// <summary>Who has this user name.</summary>
    public SeenRow? ByUserName(string? name) => name is null ? null : _known.GetValueOrDefault($"u:{name.ToUpperInvariant()}");

    /// <summary>True for a card number no row of this batch has.</summary>
    public bool IsFree(string card) => ByCard(card) is null;

    public void Add(PatronDraft draft)
    {
        foreach (var key in Keys(draft))
        {
            var row = new SeenRow(key, draft.Row, draft.Name);
            _known[key] = row;
            _added.Add(row);
        }
    }

    static IEnumerable<string> Keys(PatronDraft draft)
    {
        yield return $"f:{draft.Fingerprint}";
        if (draft.Card is { } card)
            yield return $"c:{card}";
        if (draft.Email is { } email)
            yield return $"e:{email.ToUpperInvariant()}";
        if (draft.UserName is { } name)
            yield return $"u:{name.ToUpperInvariant()}";
    }

    static List<string> Distinct(IEnumerable<string?> values) => values.OfType<string>().Distinct(StringComparer.Ordinal).ToList();

    sealed record Reader(string Key, string UserId, string Name);
}
