using LibraryPortal.Data;
using LibraryPortal.Data.Imports;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Patrons;

/// <summary>The readers that rows of one batch may be the same as: by card number, by address, or by user name.</summary>
internal sealed class HeldPatrons
{
    /// <summary>The key of the role in the schema.</summary>
    public const string PatronRole = "patron";

    readonly Dictionary<string, SeenRow> _known = new(StringComparer.OrdinalIgnoreCase);
    readonly List<SeenRow> _added = [];

    /// <summary>What a check must remember of this batch.</summary>
    public IReadOnlyList<SeenRow> Added => _added;

    public static async Task<HeldPatrons> LoadAsync(PortalDbContext database, IReadOnlyList<PatronDraft> drafts, SeenRows? seen, CancellationToken cancellationToken)
    {
        var held = new HeldPatrons();
        if (seen is not null)
        {
            foreach (var row in (await seen.FindAsync(drafts.SelectMany(Keys).Distinct(StringComparer.Ordinal), cancellationToken)).Values)
                held._known[row.Key] = row;
        }

        var cards = drafts.Select(draft => draft.Card).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var emails = drafts.Select(draft => draft.Email?.ToUpperInvariant()).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var names = drafts.Select(draft => draft.UserName?.ToUpperInvariant()).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        foreach (var card in await database.Patrons.Where(patron => EF.Parameter(cards).Contains(patron.CardNumber)).Select(patron => patron.CardNumber).ToListAsync(cancellationToken))
            held.Know($"c:{card}");
        foreach (var email in await database.Users.Where(user => EF.Parameter(emails).Contains(user.NormalizedEmail!)).Select(user => user.NormalizedEmail!).ToListAsync(cancellationToken))
            held.Know($"e:{email}");
        foreach (var name in await database.Users.Where(user => EF.Parameter(names).Contains(user.NormalizedUserName!)).Select(user => user.NormalizedUserName!).ToListAsync(cancellationToken))
            held.Know($"u:{name}");
        return held;
    }

    /// <summary>Where the same reader is known from; row 0 is the library.</summary>
    public SeenRow? Find(PatronDraft draft) => Keys(draft).Select(key => _known.GetValueOrDefault(key)).FirstOrDefault(row => row is not null);

    /// <summary>True for a card number no row of this batch has.</summary>
    public bool IsFree(string card) => !_known.ContainsKey($"c:{card}");

    public void Add(PatronDraft draft)
    {
        foreach (var key in Keys(draft))
        {
            var row = new SeenRow(key, draft.Row, "");
            _known[key] = row;
            _added.Add(row);
        }
    }

    void Know(string key) => _known.TryAdd(key, new SeenRow(key, 0, ""));

    static IEnumerable<string> Keys(PatronDraft draft)
    {
        if (draft.Card is { } card)
            yield return $"c:{card}";
        if (draft.Email is { } email)
            yield return $"e:{email.ToUpperInvariant()}";
        if (draft.UserName is { } name)
            yield return $"u:{name.ToUpperInvariant()}";
    }
}
