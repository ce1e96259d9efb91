using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Domain.Patrons;

/// <summary>What the library knows of the holder of an account. Every account has one.</summary>
public sealed class PatronProfile
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 200;

    /// <summary>The longest category, in characters.</summary>
    public const int MaxCategory = 40;

    /// <summary>The longest reason of a block, in characters.</summary>
    public const int MaxBlockReason = 300;

    /// <summary>The longest notes, in characters.</summary>
    public const int MaxNotes = 2_000;

    PatronProfile() { }

    public PatronProfile(string userId, string cardNumber, string name, string category, DateTimeOffset createdAt) =>
        (UserId, CardNumber, Name, FoldedName, Category, CreatedAt) = (userId, cardNumber, name, Folding.Fold(name), category, createdAt);

    /// <summary>The account.</summary>
    public string UserId { get; private set; } = "";

    /// <summary>What the scanner reads from the card. Unique in the library.</summary>
    public string CardNumber { get; private set; } = "";

    /// <summary>As librarians know them.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name without case and accents, by which it is found and sorted.</summary>
    public string FoldedName { get; private set; } = "";

    /// <summary>Decides limits and periods.</summary>
    public string Category { get; private set; } = "";

    /// <summary>False: the library ended the membership.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>Why a librarian has blocked them, as they are told; null when nobody has.</summary>
    public string? BlockReason { get; private set; }

    /// <summary>The last day of the block; null: until it is lifted.</summary>
    public DateOnly? BlockedUntil { get; private set; }

    /// <summary>The librarian who blocked them.</summary>
    public string? BlockedById { get; private set; }

    public DateTimeOffset? BlockedAt { get; private set; }

    /// <summary>For the staff only.</summary>
    public string? Notes { get; private set; }

    /// <summary>True: the reader wants past loans and requests kept. Default: false, they lose the name some days after the end.</summary>
    public bool KeepsHistory { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Grows with each change, so that of two people who change the same profile at once only one wins.</summary>
    public int Version { get; private set; }

    /// <summary>True on this day of the library.</summary>
    public bool IsBlockedOn(DateOnly today) => BlockReason is not null && !(today > BlockedUntil);

    /// <summary>Stops requests, loans and renewals.</summary>
    /// <param name="until">The last day; null: until lifted.</param>
    public Outcome<PatronProfile> Block(string? reason, DateOnly? until, string byId, DateOnly today, DateTimeOffset now)
    {
        var words = reason?.Trim() ?? "";
        if (words.Length == 0)
            return new Refusal(RefusalKind.Invalid, "Say why; the reader is shown these words.", "reason-empty");
        if (words.Length > MaxBlockReason)
            return new Refusal(RefusalKind.Invalid, $"The reason may have {MaxBlockReason} characters; this one has {words.Length:N0}.", "reason-too-long", Number: MaxBlockReason);
        if (until < today)
            return new Refusal(RefusalKind.Invalid, "A block cannot end before today.", "block-dates");
        (BlockReason, BlockedUntil, BlockedById, BlockedAt) = (words, until, byId, now);
        Version++;
        return this;
    }

    /// <summary>Lifts the block.</summary>
    public Outcome<PatronProfile> Unblock()
    {
        if (BlockReason is null)
            return new Refusal(RefusalKind.Conflict, $"{Name} is not blocked.", "not-blocked");
        (BlockReason, BlockedUntil, BlockedById, BlockedAt) = (null, null, null, null);
        Version++;
        return this;
    }

    /// <summary>Changes what a librarian may edit.</summary>
    /// <param name="category">One that exists; the database refuses others.</param>
    public Outcome<PatronProfile> Describe(string? name, string category, string? notes)
    {
        var words = name?.Trim() ?? "";
        if (words.Length is 0 or > MaxName)
            return new Refusal(RefusalKind.Invalid, $"A name has 1 to {MaxName} characters; this one has {words.Length:N0}.", "patron-name");
        var note = notes?.Trim();
        if (note?.Length > MaxNotes)
            return new Refusal(RefusalKind.Invalid, $"Notes may have {MaxNotes:N0} characters; these have {note.Length:N0}.", "patron-notes", Number: MaxNotes);
        (Name, FoldedName, Category, Notes) = (words, Folding.Fold(words), category, note is { Length: > 0 } ? note : null);
        Version++;
        return this;
    }

    /// <summary>A new card, such as for a lost one; the old number no longer works.</summary>
    public Outcome<PatronProfile> GiveCard(string? cardNumber)
    {
        var number = cardNumber?.Trim() ?? "";
        if (number.Length is 0 or > Patrons.CardNumber.MaxLength)
            return new Refusal(RefusalKind.Invalid, $"A card number has 1 to {Patrons.CardNumber.MaxLength} characters; this one has {number.Length:N0}.", "card-number");
        CardNumber = number;
        Version++;
        return this;
    }

    /// <summary>Ends or renews the membership.</summary>
    public void SetActive(bool isActive)
    {
        IsActive = isActive;
        Version++;
    }

    /// <summary>The reader's choice about their history.</summary>
    public void KeepHistory(bool keeps)
    {
        KeepsHistory = keeps;
        Version++;
    }
}
