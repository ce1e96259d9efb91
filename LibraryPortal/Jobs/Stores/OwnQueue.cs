using System.Security.Cryptography;

namespace LibraryPortal.Jobs.Stores;

/// <summary>A queue that one worker alone takes from, and that goes with it: what waits there then, or comes back from a run, is of no use to others and is cancelled.</summary>
/// <remarks>Its name is none a caller could give (<see cref="JobNames"/>). The store knows whose it is by the queues that a worker's beats tell.</remarks>
internal static class OwnQueue
{
    const char Mark = '@';

    public static string New() => Mark + RandomNumberGenerator.GetHexString(8, lowercase: true);

    public static bool Is(string queue) => queue.StartsWith(Mark);
}
