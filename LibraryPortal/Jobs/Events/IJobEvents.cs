namespace LibraryPortal.Jobs.Events;

/// <summary>Job events out to whoever listens, from every process on the same store.</summary>
public interface IJobEvents
{
    /// <summary>Calls the listener with each batch of events until the subscription is disposed. The listener must return fast and not throw.</summary>
    IDisposable Subscribe(Action<IReadOnlyList<JobEvent>> listener);

    /// <summary>Calls the listener after a gap: events may have been missed, so read again.</summary>
    IDisposable SubscribeToGaps(Action listener);
}
