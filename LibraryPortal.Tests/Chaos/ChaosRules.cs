using System.Globalization;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Chaos;

/// <summary>Scenarios that are the same on every store: a worker is killed while what people asked of its jobs, serial keys, limits and cancels, holds. The test enqueues and
/// cancels by itself, on an embedded store as a command beside the process.</summary>
/// <param name="option">What tells a process where the store is.</param>
internal sealed class ChaosRules(ChaosStage stage, IJobStore store, string kind, string option)
{
    const int Slots = 16;
    const int Keys = 8;
    const int Most = 4;
    const string Limit = "chaos.few";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits until all that ended is in the history; given the process that is left.</summary>
    public required Func<ChaosProcess, Task> UntilTold { get; init; }

    /// <summary>Whether the killed worker has another beside it. Where it cannot have one, one is started after it.</summary>
    public bool HasOther { get; init; }

    /// <summary>What enqueues and cancels.</summary>
    public static ServiceProvider OpenClient(IJobStore store, ChaosHistory history, Action<IServiceCollection>? jobs = null)
    {
        // The store is its owner's.
        var services = new ServiceCollection().AddLogging().AddSingleton(store).AddSingleton(history.Jobs).AddJobs().AddJobHandler<ChaosJob>().AddChaosChord();
        jobs?.Invoke(services);
        return services.BuildServiceProvider();
    }

    public async Task KilledUnderRulesAsync()
    {
        await using var services = OpenClient(store, stage.History);
        var client = services.GetRequiredService<IJobClient>();
        var (victim, other) = await StartAsync($"Jobs:Limits:{Limit}:Running={Most}");
        await stage.KillInARunAsync(victim, after: 6, () => SubmitAsync(client, [.. Enumerable.Range(stage.Accepted.Count, ChaosScale.Jobs(64, 640)).Select(number =>
            client.Prepare(new ChaosWork(number, 100), options => options.Serial(Key($"{number}")).Limit(Limit)))]));
        other ??= await StartOneAsync($"Jobs:Limits:{Limit}:Running={Most}");

        var found = await stage.FindAsync($"worker killed: {Keys} serial keys, a limit of {Most}", kind, store, () => UntilTold(other));

        found.Check();
        Assert.NotEqual(0, found.RanAgain);
        Assert.Equal(Most, stage.MostAtOnce());
        Assert.All(Enumerable.Range(0, Keys).Select(key => $"{key}"), key => Assert.Equal(1, stage.MostAtOnce(subject => Key(subject) == key)));
    }

    public async Task KilledAmongCancelsAsync()
    {
        const int Early = 6, Asked = 3;
        await using var services = OpenClient(store, stage.History);
        var client = services.GetRequiredService<IJobClient>();
        var gate = stage.File("cancels-are-through");
        var (victim, other) = await StartAsync();
        var early = await SubmitAsync(client, [.. Enumerable.Range(0, Early).Select(number => client.Prepare(new ChaosWork(number, 0)))]);
        foreach (var id in early)
            await client.WaitAsync(id, Patience);
        // More than all workers have slots for.
        var late = await SubmitAsync(client, [.. Enumerable.Range(Early, 3 * Slots).Select(number => client.Prepare(new ChaosWork(number, 0, Until: gate)))]);
        await ChaosStage.UntilAsync("all slots are taken", () => stage.Runs() == Early + (HasOther ? 2 : 1) * Slots);
        var asked = early.Concat(late).Where((_, number) => number % Asked == 0).ToList();
        var replies = new Dictionary<JobId, CancelReply>();
        foreach (var (number, id) in asked.Index())
        {
            // Some of those it runs it is asked to stop while it lives, the others when it is dead.
            if (number == asked.Count / 4)
                await stage.KillAsync(victim);
            replies.Add(id, await client.CancelAsync(id));
        }

        other ??= await StartOneAsync();
        foreach (var id in asked)
            await client.WaitAsync(id, Patience);
        await File.WriteAllTextAsync(gate, "");
        stage.MayBeCancelled(replies.Where(reply => reply.Value != CancelReply.AlreadyFinal).Select(reply => reply.Key));

        var found = await stage.FindAsync($"worker killed: {asked.Count} cancels before and after", kind, store, () => UntilTold(other));

        found.Check();
        Assert.NotEqual(0, found.RanAgain);
        Assert.Equal([CancelReply.Cancelled, CancelReply.Requested, CancelReply.AlreadyFinal], replies.Values.Distinct().Order());
        var lines = stage.Lines;
        foreach (var (number, id) in early.Concat(late).Index().Where(job => replies.ContainsKey(job.Item)))
        {
            var runs = lines.Count(line => line.What == ChaosLine.Start && line.Subject == $"{number}");
            var ends = lines.Count(line => line.What == ChaosLine.End && line.Subject == $"{number}");
            var state = (await store.FindAsync(id, CancellationToken.None))!.State;
            // Succeeded before, and so once; cancelled while it waited, and never run; cancelled while it ran, and not run again.
            Assert.Equal(replies[id] switch
            {
                CancelReply.AlreadyFinal => (JobState.Succeeded, 1, 1),
                CancelReply.Cancelled => (JobState.Cancelled, 0, 0),
                _ => (JobState.Cancelled, 1, 0),
            }, (state, runs, ends));
        }
    }

    // As many in a row have one key as the limit would let run.
    static string Key(string subject) => (int.Parse(subject, CultureInfo.InvariantCulture) / Most % Keys).ToString(CultureInfo.InvariantCulture);

    async Task<IReadOnlyList<JobId>> SubmitAsync(IJobClient client, IReadOnlyList<JobEnvelope> jobs)
    {
        await client.SubmitAsync(jobs);
        stage.Accepted.AddRange(jobs.Select(job => job.Id));
        return [.. jobs.Select(job => job.Id)];
    }

    async Task<(ChaosProcess Victim, ChaosProcess? Other)> StartAsync(params string[] options)
    {
        var started = await Task.WhenAll(Enumerable.Range(0, HasOther ? 2 : 1).Select(_ => StartOneAsync(options)));
        await Eventually.HoldsAsync("its workers are known", async () => (await store.ListWorkersAsync(CancellationToken.None)).Count >= started.Length, Patience);
        return (started[0], started.ElementAtOrDefault(1));
    }

    Task<ChaosProcess> StartOneAsync(params string[] options) => stage.StartAsync([option, .. options]);
}
