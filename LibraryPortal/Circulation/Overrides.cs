using LibraryPortal.Domain;
using LibraryPortal.Domain.Rules;

namespace LibraryPortal.Circulation;

/// <summary>What to answer when the rules object and a reason may have been given to set them aside.</summary>
internal static class Overrides
{
    /// <param name="reason">Counts only for a librarian who acts for somebody else; null: the rules hold.</param>
    /// <returns>Null when it may be done.</returns>
    public static Refusal? Refusal(Ruling ruling, RuleListener listener, string? reason) =>
        reason is not null && listener == RuleListener.Librarian ? ruling.RefusalOfOverride(reason) : ruling.Refusal(listener);
}
