namespace LibraryPortal.Jobs.Stores;

/// <summary>Work of a store that no call waits for, done bit by bit, one at a time: when it is asked for while it is under way, it looks once more. It may
/// break off: whatever finds the rest asks again.</summary>
/// <param name="step">Does a bit. Says whether there is more.</param>
internal sealed class FollowUp(Func<Task<bool>> step)
{
    int _asked;

    /// <summary>Ends once none of it is under way.</summary>
    public Task Done { get; private set; } = Task.CompletedTask;

    /// <summary>Asks for it, and does not wait.</summary>
    public void Start()
    {
        if (Interlocked.Increment(ref _asked) == 1)
            Done = RunAsync();
    }

    async Task RunAsync()
    {
        try
        {
            int asked;
            do
            {
                asked = Volatile.Read(ref _asked);
                while (await step())
                {
                }
            }
            while (Interlocked.Add(ref _asked, -asked) > 0);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // An outage is said by its log; anything else by the calls that meet it too.
            Volatile.Write(ref _asked, 0);
        }
    }
}
