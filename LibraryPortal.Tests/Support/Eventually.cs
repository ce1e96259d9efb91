using System.Diagnostics;

namespace LibraryPortal.Tests.Support;

/// <summary>Waits for what another process or thread will bring about and nobody announces. Only a failing test waits for the deadline.</summary>
internal static class Eventually
{
    /// <summary>40 seconds: on a busy machine a process may stand still for many and be right. What a test keeps from happening by itself comes later than this.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);

    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>Looks until the condition holds.</summary>
    /// <param name="what">What is waited for, to be read in the failure.</param>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> HoldsAsync(string what, Func<Task<bool>> condition, TimeSpan? deadline = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > (deadline ?? Deadline))
                Assert.Fail($"Not within {deadline ?? Deadline}: {what}.");
            await Task.Delay(BetweenLooks, TimeProvider.System);
        }

        return watch.Elapsed;
    }

    /// <inheritdoc cref="HoldsAsync(string, Func{Task{bool}}, TimeSpan?)"/>
    public static Task<TimeSpan> HoldsAsync(string what, Func<bool> condition, TimeSpan? deadline = null) =>
        HoldsAsync(what, () => Task.FromResult(condition()), deadline);
}
