using LibraryPortal.Data.Imports;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Features.Import.Running;

namespace LibraryPortal.Features.Import.Patrons;

/// <summary>
/// Decides whose row it is. The very same row, or the same card, is the same reader; an address or a user name only together with the name, because families share
/// them. Whatever is not used of a row is said.
/// </summary>
internal sealed class MatchPatron(HeldPatrons held, ImportTally tally)
{
    /// <returns>What to make a reader of; null: the row brings nobody, and the tally knows why.</returns>
    public PatronDraft? Take(PatronDraft draft)
    {
        if (held.Same(draft) is { } same)
            return Known(draft, same);
        if (held.ByCard(draft.Card) is { } owner)
            return draft.IsNamed(owner.Value) ? Known(draft, owner) : Refused(draft, "card number of another reader", $"{draft.Card} is of {Say(owner)}");
        var (byEmail, byUserName) = (held.ByEmail(draft.Email), held.ByUserName(draft.UserName));
        foreach (var reader in (SeenRow?[])[byEmail, byUserName])
        {
            if (reader is not null && draft.IsNamed(reader.Value))
                return draft.Card is null ? Known(draft, reader) : Refused(draft, "this reader has another card", $"{Say(reader)}, here {draft.Card}");
        }

        if (byEmail is not null)
            draft = Without(draft, "address of another reader, left out", $"{draft.Email} is of {Say(byEmail)}") with { Email = null };
        if (byUserName is not null)
            draft = Without(draft, "user name of another reader, left out", $"{draft.UserName} is of {Say(byUserName)}") with { UserName = null };
        held.Add(draft);
        return draft;
    }

    PatronDraft? Known(PatronDraft draft, SeenRow same)
    {
        if (same.Row == 0)
        {
            tally.Unchanged();
            return null;
        }

        tally.Merged();
        tally.Findings.Add(new Finding(draft.Row, FindingKind.Merged, "", "the same reader stands in an earlier row", $"{draft.Name}, as in row {same.Row}"));
        return null;
    }

    PatronDraft? Refused(PatronDraft draft, string reason, string detail)
    {
        tally.Findings.Add(new Finding(draft.Row, FindingKind.Refused, "", reason, $"{draft.Name}: {detail}"));
        return null;
    }

    PatronDraft Without(PatronDraft draft, string reason, string detail)
    {
        tally.Findings.Add(new Finding(draft.Row, FindingKind.Repaired, "", reason, $"{draft.Name}: {detail}"));
        return draft;
    }

    static string Say(SeenRow reader) => reader.Row == 0 ? reader.Value : $"{reader.Value} in row {reader.Row}";
}
