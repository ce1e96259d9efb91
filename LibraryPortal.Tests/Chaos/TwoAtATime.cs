namespace LibraryPortal.Tests.Chaos;

/// <summary>Plays the scenarios of a store for their tests. As they wait most of the time, in the suite the next is played beside the one that is asked for; in full each has
/// the machine to itself.</summary>
public sealed class TwoAtATime<TScenarios> : IAsyncDisposable
    where TScenarios : IChaosScenarios<TScenarios>
{
    const int AtATime = 2;

    readonly Dictionary<string, Task> _begun = new(StringComparer.Ordinal);
    readonly SemaphoreSlim _turns = new(AtATime);

    /// <summary>What one of them ends with.</summary>
    public async Task RunAsync(string name)
    {
        var asked = Begin(name);
        if (!ChaosScale.IsFull && _begun.Values.Count(task => !task.IsCompleted) < AtATime && TScenarios.Scenarios.Keys.FirstOrDefault(other => !_begun.ContainsKey(other)) is { } next)
        {
            // It is another test's, and must not take this one for its own.
            using (ExecutionContext.SuppressFlow())
                _ = Begin(next);
        }

        await asked;
    }

    public async ValueTask DisposeAsync()
    {
        // Where only some were asked for, one more may be under way.
        await Task.WhenAll(_begun.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _turns.Dispose();
    }

    Task Begin(string name)
    {
        if (!_begun.TryGetValue(name, out var task))
            _begun.Add(name, task = Task.Run(() => PlayAsync(name)));
        return task;
    }

    async Task PlayAsync(string name)
    {
        await _turns.WaitAsync();
        try
        {
            await using var scenarios = await TScenarios.OpenAsync();
            await TScenarios.Scenarios[name](scenarios);
        }
        finally
        {
            _turns.Release();
        }
    }
}
