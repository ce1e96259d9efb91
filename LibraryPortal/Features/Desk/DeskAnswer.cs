using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Domain;

namespace LibraryPortal.Features.Desk;

/// <summary>What a scan or a step at the desk did, and what can be done about it.</summary>
/// <param name="Text">One or two sentences.</param>
public sealed record DeskAnswer(DeskTone Tone, string Text)
{
    /// <summary>Whose turn it is now; null leaves it as it was.</summary>
    public string? Patron { get; init; }

    /// <summary>What takes it back; null when nothing does.</summary>
    public DeskStep? Undo { get; init; }

    /// <summary>What a librarian may do next about it.</summary>
    public DeskStep? Offer { get; init; }

    /// <summary>Rules that may be set aside with a reason, each a sentence; the offer does it.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>The request whose slip goes into the copy: R-000123.</summary>
    public string? Slip { get; init; }

    /// <summary>Readers to choose from.</summary>
    public IReadOnlyList<PatronHit> Choices { get; init; } = [];

    /// <summary>Why it was not done; null when it was.</summary>
    public Refusal? Refusal { get; init; }

    public static DeskAnswer Refused(Refusal refusal) => new(DeskTone.Refused, refusal.Message) { Refusal = refusal, Rules = refusal.MayOverride ? refusal.Sentences : [] };
}
