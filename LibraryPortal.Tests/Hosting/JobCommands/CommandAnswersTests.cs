using System.Text.Json;
using LibraryPortal.Hosting.JobCommands;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Architecture;

namespace LibraryPortal.Tests.Hosting.JobCommands;

/// <summary>What commands write: for people, and as documents whose members programs rely on.</summary>
public sealed class CommandAnswersTests
{
    [Fact]
    public async Task Documents_HaveTheMembersTheManualNames()
    {
        await using var rig = await CommandRig.CreateAsync();
        await BeatAsync(rig, slots: 20);
        await SaveScheduleAsync(rig);
        var flow = await rig.Engine.GetRequiredService<IJobFlows>().StartAsync(Flow.Chain(Flow.Job(new Noop()), Flow.Job(new Noop())), options => options.Named("pair").Owner("ada"));

        AssertMembers("id isNew", await rig.ReadAsync("jobs", "enqueue", "diagnostics.noop"));
        AssertMembers("jobs total", await rig.ReadAsync("jobs", "list"));
        AssertMembers("jobs total", await rig.ReadAsync("jobs", "history"));
        AssertMembers("matched changed refused", await rig.ReadAsync("jobs", "retry", "--all"));
        var stats = await rig.ReadAsync("jobs", "stats");
        AssertMembers("states queues workers slots", stats);
        AssertMembers("name depth oldestSeconds paused", stats.GetProperty("queues")[0]);
        AssertMembers("queue changed known", await rig.ReadAsync("jobs", "pause", "diagnostics"));
        AssertMembers("queue changed known", await rig.ReadAsync("jobs", "resume", "diagnostics"));

        AssertMembers("id host processId version slots running memoryBytes queues jobNames startedAt lastBeatAt", (await rig.ReadAsync("workers"))[0]);

        AssertMembers("name reply", await rig.ReadAsync("schedules", "pause", "nightly"));
        AssertMembers("name reply", await rig.ReadAsync("schedules", "resume", "nightly"));
        AssertMembers("id", await rig.ReadAsync("schedules", "run", "nightly"));
        AssertMembers("due fired waiting", await rig.ReadAsync("schedules", "backfill", "nightly", "--from", "2026-01-01", "--to", "2026-01-02T23:00"));
        AssertMembers(
            "name rule job isPaused isRetired isChanged nextDue lastDue lastFiredAt lastJob lastState waiting fired passedOver", (await rig.ReadAsync("schedules"))[0]);

        var rule = await rig.ReadAsync("limits", "set", "mail", "--starts", "10", "--per", "1m");
        AssertMembers("name rule", rule);
        AssertMembers("starts perSeconds", rule.GetProperty("rule"));
        AssertMembers("name rule running waiting", (await rig.ReadAsync("limits"))[0]);
        AssertMembers("name", await rig.ReadAsync("limits", "reset", "mail"));

        const string Summary = "id name owner state onFailure total succeeded failed cancelled acceptedAt";
        var flows = await rig.ReadAsync("flows", "list");
        AssertMembers("flows total", flows);
        AssertMembers(Summary, flows.GetProperty("flows")[0]);
        var shown = await rig.ReadAsync("flows", "show", $"{flow.Id}");
        AssertMembers("flow jobs", shown);
        AssertMembers(Summary, shown.GetProperty("flow"));
        AssertMembers("number id state name", shown.GetProperty("jobs")[0]);
        AssertMembers("id reply", await rig.ReadAsync("flows", "cancel", $"{flow.Id}"));
        AssertMembers("id reply", (await rig.ReadAsync("jobs", "cancel", (await rig.ReadAsync("jobs", "enqueue", "diagnostics.noop")).GetProperty("id").GetString()!))[0]);

        Assert.Equal(
            ["job.enqueued", "queue.paused", "queue.resumed", "schedule.paused", "schedule.resumed", "schedule.run", "schedule.backfilled", "limit.set", "limit.reset", "flow.cancelled", "job.enqueued", "job.cancelled"],
            rig.Audit().Select(static entry => entry.Action));
        Assert.All(rig.Audit(), static entry => Assert.Equal("The operator", entry.ActorName));
    }

    [Fact]
    public async Task Job_HasTheMembersTheManualNames()
    {
        await using var rig = await CommandRig.CreateAsync();
        var manual = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "LibraryPortal/Jobs/README.md"));
        var told = manual.Split("JOB has `")[1].Split('`')[0].Split([' ', '\n']);
        var id = (await rig.ReadAsync("jobs", "enqueue", "diagnostics.noop", "--owner", "ada", "--unique", "once", "--in", "1h")).GetProperty("id").GetString()!;

        Assert.Equal([.. told.Select(static name => name.TrimEnd('?')), "log"], typeof(JobView).GetProperties().Select(static member => JsonNamingPolicy.CamelCase.ConvertName(member.Name)));
        // What has no value is left out, and of nothing else is that said.
        string[] unset = ["serialKey", "limits", "flow", "scheduledFor", "expiresAt", "timeLimitSeconds", "startedAt", "finishedAt", "worker", "progress", "heldBack", "error", "originalArgs", "result"];
        var names = string.Join(' ', told.Where(name => !unset.Contains(name.TrimEnd('?'))).Select(static name => name.TrimEnd('?')));
        Assert.All(unset, name => Assert.Contains($"{name}?", told));
        AssertMembers($"{names} log", await rig.ReadAsync("jobs", "show", id));
        AssertMembers(names, (await rig.ReadAsync("jobs", "list")).GetProperty("jobs")[0]);
    }

    [Fact]
    public async Task Tables_AreForPeople()
    {
        await using var rig = await CommandRig.CreateAsync();
        await SaveScheduleAsync(rig);
        Assert.EndsWith("no worker runs, so queued jobs wait\n", (await rig.RunAsync("jobs", "stats")).Output, StringComparison.Ordinal);
        Assert.Equal("no worker runs\n", (await rig.RunAsync("workers")).Output);
        await BeatAsync(rig, slots: 1);
        await rig.ReadAsync("jobs", "enqueue", "diagnostics.noop");
        await rig.ReadAsync("jobs", "pause", "diagnostics");

        var stats = (await rig.RunAsync("jobs", "stats")).Output;
        Assert.Matches(@"(?m)^Queued +1$", stats);
        Assert.Matches(@"(?m)^QUEUE +READY +OLDEST$", stats);
        Assert.Matches(@"(?m)^diagnostics +1 +0\.00:00:\d\d +paused$", stats);
        Assert.EndsWith("\n1 worker with 1 slot\n", stats, StringComparison.Ordinal);

        var workers = (await rig.RunAsync("workers")).Output;
        Assert.StartsWith("WORKER  HOST  PROCESS  RUNNING  QUEUES", workers, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^w1 +host +1 +0/1 +default +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$", workers);

        await rig.ReadAsync("schedules", "pause", "nightly");
        var schedules = (await rig.RunAsync("schedules")).Output;
        Assert.StartsWith("SCHEDULE  RULE", schedules, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^nightly +every day at 03:00, UTC .* 0 +paused$", schedules);

        Assert.Equal("Schedule 'nightly' was due 1 time then: 1 job is accepted.\n", (await rig.RunAsync("schedules", "backfill", "nightly", "--from", "2026-01-01", "--to", "2026-01-01T23:00")).Output);
        Assert.Equal("Schedule 'nightly' was due 2 times then: 1 job is accepted.\n", (await rig.RunAsync("schedules", "backfill", "nightly", "--from", "2026-01-01", "--to", "2026-01-02T23:00")).Output);
        Assert.Equal("Schedule 'nightly' is due again.\n", (await rig.RunAsync("schedules", "resume", "nightly")).Output);
        Assert.Equal("Limit 'mail' allows 10 started per 00:01:00 now.\n", (await rig.RunAsync("limits", "set", "mail", "--starts", "10", "--per", "1m")).Output);
        Assert.Equal("No limit 'mail' is in force.\n", (await rig.RunAsync("limits", "reset", "mail")).Output);
    }

    [Fact]
    public async Task Pause_OfAQueueNobodyKnows_IsDone_AndSaysSo()
    {
        await using var rig = await CommandRig.CreateAsync();

        Assert.Equal("Queue 'mial' is paused. No job type, no worker and no job that is ready names such a queue: is it a slip?\n", (await rig.RunAsync("jobs", "pause", "mial")).Output);
        Assert.False((await rig.ReadAsync("jobs", "resume", "mial")).GetProperty("known").GetBoolean());
        Assert.Equal("Queue 'mail' is paused.\n", (await rig.RunAsync("jobs", "pause", "mail")).Output);

        // A worker of another program may take from queues this one has no type for.
        await BeatAsync(rig, slots: 1, "elsewhere");
        Assert.Equal("Queue 'elsewhere' is paused.\n", (await rig.RunAsync("jobs", "pause", "elsewhere")).Output);
    }

    [Fact]
    public async Task History_ThatIsTooLongToCount_SaysOrMore()
    {
        await using var rig = await CommandRig.CreateAsync();
        await rig.FillHistoryAsync(HistoryPage.MostCounted);

        var (code, output, _) = await rig.RunAsync("jobs", "history", "--count", "2");
        Assert.Equal(0, code);
        Assert.EndsWith("\n2 of 10000 or more\n", output, StringComparison.Ordinal);
        var document = await rig.ReadAsync("jobs", "history", "--count", "1");
        Assert.Equal((10_000, true), (document.GetProperty("total").GetInt32(), document.GetProperty("totalIsLeast").GetBoolean()));
        Assert.False((await rig.ReadAsync("jobs", "history", "--tag", "none")).TryGetProperty("totalIsLeast", out _));
    }

    [Theory]
    [InlineData("Running is not how a job ends; expected Succeeded, Failed, Cancelled, Expired or Quarantined.", "jobs history --state Running")]
    [InlineData("The stretch of time begins at 2026-11-22 00:00:00Z, after its end at 2026-11-21 00:00:00Z.", "jobs history --from 2026-11-22 --to 2026-11-21")]
    [InlineData("No run took at least 0:01:00 and at most 0:00:30.", "jobs history --longer 1m --shorter 30s")]
    [InlineData("The stretch of time begins at 2026-11-22 00:00:00Z, after its end at 2026-11-21 00:00:00Z.", "jobs retry --all --from 2026-11-22 --to 2026-11-21")]
    [InlineData("Jobs are named, and --all is given; give one or the other.", "jobs discard 00000000000000000000000000000000 --all")]
    public async Task WhatNoJobCanBe_IsRefused(string sentence, string command)
    {
        await using var rig = await CommandRig.CreateAsync();

        Assert.Equal(sentence, await rig.RefusedAsync(2, command.Split(' ')));
    }

    static Task<BeatReply> BeatAsync(CommandRig rig, int slots, string queue = "default") => rig.Engine.GetRequiredService<IJobStore>().BeatAsync(
        new WorkerBeat("w1", "host", 1, "1", slots, 1, [queue], ["test.one"], TimeProvider.System.GetUtcNow(), IsFirst: true), default);

    static Task SaveScheduleAsync(CommandRig rig) => rig.Engine.GetRequiredService<IJobSchedules>().SaveAsync(new Schedule
    {
        Name = "nightly", Rule = ScheduleRule.Cron("0 3 * * *"), Job = rig.Engine.GetRequiredService<IJobClient>().Prepare(new Noop()),
    });

    static void AssertMembers(string names, JsonElement document) => Assert.Equal(names, string.Join(' ', document.EnumerateObject().Select(static member => member.Name)));
}
