using System.Diagnostics.CodeAnalysis;

namespace LibraryPortal.Domain.Rules;

/// <summary>The answer of the rules: allowed, or every rule that stands in the way, the one to be told first in front.</summary>
public sealed class Ruling
{
    Ruling(IReadOnlyList<RuleBreak> breaks) => Breaks = breaks;

    public static Ruling Allowed { get; } = new([]);

    public IReadOnlyList<RuleBreak> Breaks { get; }

    public bool IsAllowed => Breaks.Count == 0;

    /// <summary>True when every rule in the way may be set aside by a librarian with a reason.</summary>
    public bool MayOverride => Breaks.Count > 0 && Breaks.All(rule => rule.MayOverride);

    /// <summary>The answers of the guards in the order in which they are told; null is a guard that does not mind.</summary>
    public static Ruling Of(params ReadOnlySpan<RuleBreak?> guards)
    {
        List<RuleBreak> breaks = [];
        foreach (var guard in guards)
        {
            // Who may not know that it exists is told nothing else about it.
            if (guard is { Kind: RefusalKind.NotFound })
                return new Ruling([guard]);
            if (guard is not null)
                breaks.Add(guard);
        }

        return breaks.Count == 0 ? Allowed : new Ruling(breaks);
    }

    /// <summary>What to say; null when it is allowed. A librarian hears first what nobody can set aside, a patron what time alone does not heal: a date is promised
    /// only when nothing else will stand in the way on it.</summary>
    public Refusal? Refusal(RuleListener listener)
    {
        if (IsAllowed)
            return null;
        List<RuleBreak> lasting = [.. Breaks.Where(rule => listener == RuleListener.Librarian || rule.EarliestAt is null)];
        var told = lasting.Find(rule => !rule.MayOverride) ?? (lasting.Count > 0 ? lasting[0] : Latest);
        return told.For(listener) with
        {
            MayOverride = MayOverride && listener == RuleListener.Librarian,
            Others = [.. Breaks.Where(rule => rule != told).Select(rule => rule.For(listener).Message)],
        };
    }

    /// <summary>What to say to a librarian who sets the rules aside with this reason; null when it is allowed so.</summary>
    public Refusal? RefusalOfOverride(string? reason)
    {
        if (IsAllowed)
            return null;
        if (!MayOverride)
            return Refusal(RuleListener.Librarian);
        return ReasonGuards.Given(reason, "Say why you set the rule aside; the reason is kept.")?.For(RuleListener.Librarian);
    }

    // When time heals them all, the one that it heals last.
    RuleBreak Latest => Breaks.OrderByDescending(rule => rule.EarliestAt).ThenBy(rule => rule.MayOverride).First();

    /// <summary>True when nothing stands in the way; else the refusal in the words of the listener.</summary>
    public bool Allows(RuleListener listener, [NotNullWhen(false)] out Refusal? refusal) => (refusal = Refusal(listener)) is null;
}
