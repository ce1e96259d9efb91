namespace LibraryPortal.Components.Shared;

/// <summary>What a <c>ReasonDialog</c> asks.</summary>
/// <param name="Title">A question: "Lend “Emma” to Ada all the same?"</param>
/// <param name="Confirm">The words of what it does: "Lend it".</param>
/// <param name="Label">What is to be written: "What is known?"</param>
/// <param name="Hint">Who reads it.</param>
public sealed record ReasonQuestion(string Title, string Confirm, string Label, string Hint)
{
    /// <summary>Rules that are set aside, each a sentence to a librarian.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>True draws the confirming button red.</summary>
    public bool IsDangerous { get; init; }

    /// <summary>Sets rules aside with a reason.</summary>
    /// <param name="rules">The broken rules in a librarian's words.</param>
    public static ReasonQuestion Override(string title, string confirm, IReadOnlyList<string> rules) =>
        new(title, confirm, rules.Count == 1 ? "Why do you set it aside?" : "Why do you set them aside?", "The reason is kept with your name in the audit.") { Rules = rules };
}
