namespace LibraryPortal.Domain.Catalog;

/// <summary>One physical item of a title. At any time it serves at most one ready request or one loan.</summary>
public sealed class Copy
{
    /// <summary>The longest barcode, in characters.</summary>
    public const int MaxBarcode = 40;

    /// <summary>The longest shelf mark, in characters.</summary>
    public const int MaxShelf = 60;

    /// <summary>The longest note, in characters.</summary>
    public const int MaxNote = 500;

    Copy() { }

    internal Copy(string barcode, string? shelf) => (Barcode, Shelf) = (barcode, shelf);

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public int TitleId { get; private set; }

    /// <summary>What the scanner reads. Unique in the library.</summary>
    public string Barcode { get; private set; } = "";

    /// <summary>Where it stands. Null: not told.</summary>
    public string? Shelf { get; private set; }

    public CopyState State { get; private set; }

    /// <summary>What is known of a copy in repair, lost or withdrawn; for the staff.</summary>
    public string? Note { get; private set; }

    /// <summary>When its label was printed, as far as the library was told. Null: it still needs one.</summary>
    public DateTimeOffset? LabelledAt { get; private set; }

    /// <summary>Grows with each change, so that of two people who change the same copy at once only one wins.</summary>
    public int Version { get; private set; }

    /// <summary>True unless it will never or not foreseeably be lent again: a title with such a copy can be requested.</summary>
    public bool IsLendable => State is not (CopyState.Lost or CopyState.Withdrawn);

    /// <summary>The barcode of a copy that came without one: C000042.</summary>
    public static string FormatBarcode(long number) => $"C{number:D6}";

    // The rules say whether a step is allowed; these refuse only what would contradict the copy's state, which is a bug.

    /// <summary>Keeps the copy for a request.</summary>
    public void SetAside() => Move(CopyState.SetAside, State == CopyState.Available);

    /// <summary>Hands the copy to a patron.</summary>
    public void Lend() => Move(CopyState.OnLoan, State is CopyState.SetAside or CopyState.Available);

    /// <summary>Frees the copy: it came back, or is no longer kept for anyone.</summary>
    public void Release() => Move(CopyState.Available, State is CopyState.SetAside or CopyState.OnLoan);

    /// <summary>Takes the copy out of circulation, or back into it.</summary>
    /// <param name="to">InRepair, Lost, Withdrawn or Available.</param>
    /// <param name="note">What is known; null for none.</param>
    public void MoveTo(CopyState to, string? note)
    {
        Move(to, to is not (CopyState.SetAside or CopyState.OnLoan) && to != State);
        Note = note?.Trim() is { Length: > 0 } words ? words : null;
    }

    /// <summary>The copy is of this title: two records of the same book have become one.</summary>
    public void BelongTo(Title title)
    {
        TitleId = title.Id;
        Version++;
    }

    /// <summary>It came with its label, or has just got it.</summary>
    public void Label(DateTimeOffset at) => LabelledAt ??= at;

    void Move(CopyState to, bool isPossible)
    {
        if (!isPossible)
            throw new InvalidOperationException($"Copy {Barcode} is {State}, so it cannot become {to}.");
        State = to;
        Version++;
    }
}
