namespace LibraryPortal.Domain.Requests;

/// <summary>What an expected date is worked out from.</summary>
public sealed record QueueFacts
{
    /// <summary>Place in the queue; 1 is next.</summary>
    public required int Position { get; init; }

    /// <summary>Copies on the shelf that nobody is promised.</summary>
    public int FreeCopies { get; init; }

    /// <summary>Copies set aside for readers before: they are lent soon, and come back.</summary>
    public int SetAsideCopies { get; init; }

    /// <summary>When the copies on loan are due. Lost, withdrawn and repaired copies do not count.</summary>
    public IReadOnlyList<DateOnly> Due { get; init; } = [];

    /// <summary>Loans of this title that are over, the latest first.</summary>
    public IReadOnlyList<PastLoan> Past { get; init; } = [];
}
