namespace LibraryPortal.Jobs.History;

/// <summary>What to look for in the history. Everything given must hold; null asks nothing.</summary>
public sealed record HistoryQuery
{
    /// <summary>The job's name, in full.</summary>
    public string? Name { get; init; }

    /// <summary>The owner's user id.</summary>
    public string? Owner { get; init; }

    /// <summary>How it ended.</summary>
    public JobState? State { get; init; }

    /// <summary>One of its tags.</summary>
    public string? Tag { get; init; }

    /// <summary>The worker run that had it last.</summary>
    public string? Worker { get; init; }

    /// <summary>Words in the arguments or the error, all of them; each may be the beginning of a longer one.</summary>
    public string? Text { get; init; }

    /// <summary>Ended at or after this.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Ended before this.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Its last run took at least this long.</summary>
    public TimeSpan? Longer { get; init; }

    /// <summary>Its last run took at most this long.</summary>
    public TimeSpan? Shorter { get; init; }

    /// <summary>Outcomes to pass over.</summary>
    public int Offset { get; init; }

    /// <summary>At most this many; 1 to 200.</summary>
    public int Count { get; init; } = 50;

    /// <summary>Why nothing can ever be found: a sentence; null where something may be.</summary>
    public string? FindFault() => this switch
    {
        { State: { } state } when !state.IsFinal() =>
            $"{state} is not how a job ends; expected Succeeded, Failed, Cancelled, Expired or Quarantined.",
        { From: { } from, To: { } to } when from > to => $"The stretch of time begins at {from:u}, after its end at {to:u}.",
        { Longer: { } longer, Shorter: { } shorter } when longer > shorter => $"No run took at least {longer:g} and at most {shorter:g}.",
        _ => null,
    };
}

/// <summary>One page of the history.</summary>
/// <param name="Total">How many there are in all, counted up to <see cref="MostCounted"/>.</param>
public sealed record HistoryPage(IReadOnlyList<JobRecord> Jobs, int Total)
{
    /// <summary>Nobody turns so many pages: a total of this says "or more", and the query is to be narrowed.</summary>
    public const int MostCounted = 10_000;

    /// <summary>True where there may be more than <see cref="Total"/>.</summary>
    public bool IsTotalLeast => Total >= MostCounted;
}
