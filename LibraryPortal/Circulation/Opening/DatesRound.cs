namespace LibraryPortal.Circulation.Opening;

/// <summary>How far a round over the promised dates is: due dates first, then dates to collect by, each in the order of their rows.</summary>
/// <param name="IsAtRequests">True: all due dates are looked at.</param>
/// <param name="Last">The last row looked at; empty before the first of its kind.</param>
/// <param name="Seen">Dates looked at so far.</param>
internal sealed record DatesRound(bool IsAtRequests, Guid Last, int Seen)
{
    /// <summary>Before the first date.</summary>
    public static DatesRound Begin { get; } = new(false, Guid.Empty, 0);
}
