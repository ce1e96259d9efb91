namespace LibraryPortal.Domain.Requests;

/// <summary>Groups of request states and their words.</summary>
public static class RequestStates
{
    /// <summary>Not closed and not on loan: what counts against the limit of open requests.</summary>
    public static IReadOnlyList<RequestState> Open { get; } =
        [RequestState.Pending, RequestState.Queued, RequestState.Paused, RequestState.Ready];

    /// <summary>Not closed: a patron has at most one such request per title.</summary>
    public static IReadOnlyList<RequestState> Active { get; } = [.. Open, RequestState.OnLoan];

    public static bool IsOpen(this RequestState state) => Open.Contains(state);

    public static bool IsActive(this RequestState state) => Active.Contains(state);

    /// <summary>The state in a reader's words, as it stands in a sentence.</summary>
    public static string Words(this RequestState state) => state switch
    {
        RequestState.Pending => "waiting for a librarian",
        RequestState.Queued => "waiting for a copy",
        RequestState.Ready => "ready to collect",
        RequestState.OnLoan => "on loan",
        RequestState.Completed => "returned",
        RequestState.Declined => "declined",
        RequestState.Cancelled => "cancelled",
        RequestState.Expired => "expired",
        RequestState.PickupExpired => "not collected in time",
        RequestState.Paused => "paused",
    };

    /// <summary>One of the three words of the classic client: pending, approved, returned. Null for the ways a request ends without a loan.</summary>
    public static string? ClassicWord(this RequestState state) => state switch
    {
        RequestState.Pending or RequestState.Queued or RequestState.Paused => "pending",
        RequestState.Ready or RequestState.OnLoan => "approved",
        RequestState.Completed => "returned",
        RequestState.Declined or RequestState.Cancelled or RequestState.Expired or RequestState.PickupExpired => null,
    };
}
