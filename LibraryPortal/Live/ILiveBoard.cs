namespace LibraryPortal.Live;

/// <summary>Tells open pages of every process that something changed. One board per process.</summary>
public interface ILiveBoard
{
    /// <summary>Tells subscribers here and in the other processes. Never fails: a lost hint costs freshness, not truth. Call it after the commit.</summary>
    void Publish(LiveChange change);

    /// <summary>Calls the listener for what concerns this user, until disposed. The listener runs on any thread and must return fast.</summary>
    IDisposable Subscribe(string userId, Action<LiveChange> listener);

    /// <summary>Calls the listener for every change, for pages of the staff.</summary>
    IDisposable SubscribeToAll(Action<LiveChange> listener);
}
