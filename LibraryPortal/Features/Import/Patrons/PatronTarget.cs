using LibraryPortal.Data;
using LibraryPortal.Data.Imports;
using LibraryPortal.Data.Numbers;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Features.Import.Mapping;
using LibraryPortal.Features.Import.Reading;
using LibraryPortal.Features.Import.Running;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Patrons;

/// <summary>Readers, each with an account that has no password: the owner chooses one by mail, or borrows with the card alone. Roles never come from a file.</summary>
/// <param name="seen">In a check: its memory.</param>
internal sealed class PatronTarget(ColumnMap map, ImportBatch batch, SeenRows? seen, PatronInvitation? invitation, DateTimeOffset now) : IImportTarget
{
    public async Task TakeAsync(PortalDbContext database, IReadOnlyList<SourceRow> rows, ImportTally tally, CancellationToken cancellationToken)
    {
        var categories = await database.LendingPolicies.Select(policy => policy.Category).ToListAsync(cancellationToken);
        var read = new ReadPatron(map, categories);
        List<(PatronDraft? Draft, List<Finding> Findings)> drafts = new(rows.Count);
        foreach (var row in rows)
        {
            List<Finding> findings = [];
            drafts.Add((read.Read(row.Cells, new CellReader(row.Number, findings)), findings));
        }

        var held = await HeldPatrons.LoadAsync(database, drafts.ConvertAll(pair => pair.Draft).OfType<PatronDraft>().ToList(), batch.Id, seen, cancellationToken);
        var match = new MatchPatron(held, tally);
        foreach (var (draft, findings) in drafts)
        {
            var first = tally.Findings.Count;
            tally.Findings.AddRange(findings);
            if (draft is not null && match.Take(draft) is { } reader)
                await AddAsync(database, reader, held, tally, cancellationToken);
            tally.Judge(first);
        }

        if (seen is not null)
            await seen.SaveAsync(held.Added, cancellationToken);
    }

    async Task AddAsync(PortalDbContext database, PatronDraft draft, HeldPatrons held, ImportTally tally, CancellationToken cancellationToken)
    {
        tally.Added(0);
        if (seen is not null)
            return;
        var card = draft.Card ?? await NextCardAsync(database, held, cancellationToken);
        var userName = draft.UserName ?? $"card-{card}";
        var user = new PortalUser
        {
            UserName = userName,
            NormalizedUserName = userName.ToUpperInvariant(),
            Email = draft.Email,
            NormalizedEmail = draft.Email?.ToUpperInvariant(),
            DisplayName = draft.Name.Length > 100 ? draft.Name[..100] : draft.Name,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
            CreatedAt = now,
        };
        var profile = new PatronProfile(user.Id, card, draft.Name, draft.Category, now);
        database.Users.Add(user);
        database.UserRoles.Add(new IdentityUserRole<string> { UserId = user.Id, RoleId = HeldPatrons.PatronRole });
        database.Patrons.Add(profile);
        if (draft.Notes is not null)
            database.Entry(profile).Property(one => one.Notes).CurrentValue = draft.Notes;
        database.ImportedItems.Add(new ImportedItem { ImportId = batch.Id, Kind = ImportedItemKind.Patron, Row = draft.Row, Key = user.Id, Fingerprint = draft.Fingerprint });
        if (batch.Invites && draft.Email is not null && invitation is not null)
            await invitation.AddAsync(database, user, card);
    }

    static async Task<string> NextCardAsync(PortalDbContext database, HeldPatrons held, CancellationToken cancellationToken)
    {
        while (true)
        {
            var card = CardNumber.Of(await database.TakeNumbersAsync(NumberSeriesExtensions.Cards, 1, cancellationToken));
            if (held.IsFree(card) && !await database.Patrons.AnyAsync(patron => patron.CardNumber == card, cancellationToken))
                return card;
        }
    }
}
