namespace LibraryPortal.Tests.Support;

/// <summary>Tests that measure the process and so run after all others, one by one.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
