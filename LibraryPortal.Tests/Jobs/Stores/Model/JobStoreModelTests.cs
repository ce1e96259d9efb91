using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>Random commands, crashes, jumps of the clock, lost and repeated replies on a real store against a model in memory. A failure prints its seed and the
/// shortest script that shows it.</summary>
/// <remarks>Runs for ten seconds; for longer with <c>LIBRARYPORTAL_MODEL_SECONDS</c>. <c>LIBRARYPORTAL_MODEL_SEED</c> repeats a run.</remarks>
public abstract partial class JobStoreModelTests
{
    const int ScriptsPerRound = 5;

    protected abstract Task<ModelTarget> OpenAsync();

    [Fact]
    public async Task RandomScripts_LeaveTheStoreAsTheModelSays()
    {
        await using var target = await OpenAsync();
        var seed = Setting("LIBRARYPORTAL_MODEL_SEED") ?? (ulong)Random.Shared.NextInt64();
        var time = TimeSpan.FromSeconds(Setting("LIBRARYPORTAL_MODEL_SECONDS") ?? 10);
        var watch = Stopwatch.StartNew();
        var scripts = 0;
        // Rounds, each with a seed of its own, so that the time is kept whatever the machine.
        for (; watch.Elapsed < time; seed++, scripts += ScriptsPerRound)
            await Task.Run(() => Play(target, seed));
        TestContext.Current.TestOutputHelper?.WriteLine($"{scripts} scripts in {watch.Elapsed.TotalSeconds:N0} s, the last seed was {seed - 1}");
    }

    static void Play(ModelTarget target, ulong seed)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(ScriptsPerRound)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed, 1), FSharpOption<int>.None)));
        try
        {
            // The library's own loop is not asynchronous; this thread is its own to block.
            Check.One(config, Prop.ForAll(ModelScript.Arbitrary, script => ModelRun.PlayAsync(target, script).GetAwaiter().GetResult()));
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"LIBRARYPORTAL_MODEL_SEED={seed} shows it again.\n{error.Message}", error);
        }
    }

    static ulong? Setting(string name) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
