namespace LibraryPortal.Tests.Support;

/// <summary>Tests that measure the process, or hold other processes to their heartbeats, and so have the machine to themselves: all others first, then these, one by one, save scenarios that wait and let another be played beside them.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
