namespace LibraryPortal.Jobs;

/// <summary>What a flow does when one of its jobs ends without success: failed, quarantined, expired or cancelled.</summary>
public enum FlowFailure
{
    /// <summary>Everything of the flow that has not ended is cancelled, and the flow has failed (or is cancelled, when the job was). The default.</summary>
    CancelRest,

    /// <summary>The rest goes on. A step follows once all jobs before it have ended and at least one succeeded; it gets the results there are. Where none
    /// succeeded, the steps that would have followed are cancelled, and only they.</summary>
    GoOn,
}
