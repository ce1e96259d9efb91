namespace LibraryPortal.Jobs;

/// <summary>The store failed while many jobs were handed over. What it has accepted by then stays accepted; the rest may be handed over again.</summary>
public sealed class EnqueueInterruptedException : JobStoreUnavailableException
{
    public EnqueueInterruptedException() : this([], [], new JobStoreUnavailableException()) { }

    public EnqueueInterruptedException(string message) : base(message) { }

    public EnqueueInterruptedException(string message, Exception innerException) : base(message, innerException) { }

    /// <param name="accepted">The jobs the store said it has.</param>
    /// <param name="unanswered">The jobs that went out and of which it said nothing.</param>
    /// <param name="cause">Why it stopped.</param>
    public EnqueueInterruptedException(IReadOnlyList<JobHandle> accepted, IReadOnlyList<JobId> unanswered, JobStoreUnavailableException cause)
        : base($"{cause.Message} {accepted.Count} of the jobs were accepted before.", cause) => (Accepted, Unanswered) = (accepted, unanswered);

    /// <summary>The jobs that are in the store, in their order.</summary>
    public IReadOnlyList<JobHandle> Accepted { get; } = [];

    /// <summary>The jobs whose answer never came: the store may have them or not. Handing them over again under the same ids is harmless.</summary>
    public IReadOnlyList<JobId> Unanswered { get; } = [];
}
