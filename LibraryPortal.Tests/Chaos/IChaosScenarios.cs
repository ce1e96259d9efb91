namespace LibraryPortal.Tests.Chaos;

/// <summary>Scenarios of one store, each played with processes and a store of its own.</summary>
public interface IChaosScenarios<TSelf> : IAsyncDisposable
    where TSelf : IChaosScenarios<TSelf>
{
    /// <summary>By the names of their methods, or of what is done to the server.</summary>
    static abstract IReadOnlyDictionary<string, Func<TSelf, Task>> Scenarios { get; }

    /// <summary>Sets the stage for one of them.</summary>
    static abstract Task<TSelf> OpenAsync();
}
