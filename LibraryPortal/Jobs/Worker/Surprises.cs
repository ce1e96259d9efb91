using LibraryPortal.Jobs.Diagnostics;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Says that a part of the worker met an error it should never meet, and goes on.</summary>
internal sealed class Surprises(ILogger log)
{
    public void Report(string part, Exception error)
    {
        try
        {
            Log.PartFailed(log, part, error);
        }
        catch (Exception nobodyToTell) when (nobodyToTell is not OutOfMemoryException)
        {
            // A log that throws must not end what goes on in spite of the error.
        }
    }
}
