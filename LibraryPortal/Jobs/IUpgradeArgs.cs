using System.Text.Json;

namespace LibraryPortal.Jobs;

/// <summary>Implemented by a handler whose arguments have changed their form: reads those of earlier versions, so that jobs enqueued before the change run too.</summary>
/// <remarks>A job enqueued with a version newer than the handler's is never run with it: it stays queued until a worker knows the version.</remarks>
public interface IUpgradeArgs<out TArgs> where TArgs : IJobArgs
{
    /// <summary>Makes today's arguments of earlier ones.</summary>
    /// <param name="older">The arguments as they were enqueued.</param>
    /// <param name="version">Their version; less than the handler's.</param>
    /// <exception cref="JobFailedException">Nothing can be made of them: the job fails at once, with the message.</exception>
    TArgs Upgrade(JsonElement older, int version);
}
