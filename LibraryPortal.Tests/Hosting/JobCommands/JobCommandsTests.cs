using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Tests.Hosting.JobCommands;

/// <summary>The commands on jobs, beside a running portal; the first as processes of their own.</summary>
[Trait("Category", "Slow")]
public sealed class JobCommandsTests(SharedRedisServer shared)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commands_SeeAndSteerTheJobsOfARunningPortal(bool redis)
    {
        using var data = new TemporaryDirectory();
        (string, string)[] store = redis ? [("ConnectionStrings:Redis", (await shared.GetAsync()).Address), ("Jobs:RedisPrefix", SharedRedisServer.NewPrefix())] : [];
        await using var portal = await PortalProcess.StartAsync("", data.Path, [.. store, ("Jobs:Diagnostics", "true")]);
        string[] Place(params string[] arguments) => [.. arguments, "--DataDirectory", data.Path, .. Settings([.. store, ("Jobs:Diagnostics", "true")])];
        async Task<(int Code, string Output)> Run(params string[] arguments)
        {
            var (ended, answer, errors) = await InlineCommand.RunAsync(Place(arguments));
            return (ended, answer + errors);
        }

        var (code, output) = await PortalProcess.RunAsync(Place("jobs", "enqueue", "diagnostics.noop", "--wait", "00:05:00", "--tag", "by-hand", "--json"));
        Assert.True(code == 0, output);
        var id = Json(output).GetProperty("id").GetString()!;
        Assert.Equal("Succeeded", Json(output).GetProperty("job").GetProperty("state").GetString());

        var failed = await PortalProcess.RunAsync(Place("jobs", "enqueue", "diagnostics.fail", """{"message":"as asked for","forGood":true}""", "--wait", "5m"));
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("as asked for", failed.Output, StringComparison.Ordinal);
        var failedId = failed.Output.Split(' ')[1];

        var later = await Run("jobs", "enqueue", "diagnostics.sleep", """{"seconds":60}""", "--in", "1h", "--json");
        var laterId = Json(later.Output).GetProperty("id").GetString()!;
        var list = Json((await Run("jobs", "list", "--json")).Output);
        Assert.Contains(list.GetProperty("jobs").EnumerateArray(), job => job.GetProperty("id").GetString() == laterId);
        Assert.Contains(laterId, (await Run("jobs", "list", "--state", "Scheduled")).Output, StringComparison.Ordinal);
        Assert.Equal("Cancelled", Json((await Run("jobs", "cancel", laterId, "--json")).Output)[0].GetProperty("reply").GetString());
        Assert.Equal(1, (await Run("jobs", "cancel", laterId)).Code);

        Assert.Equal("1 job would be queued again.", (await Run("jobs", "retry", "--all", "--error", "AS ASKED", "--dry-run")).Output.Trim());
        Assert.Equal(0, (await Run("jobs", "retry", failedId, "--args", """{"message":"as corrected","forGood":true}""")).Code);
        await Eventually.HoldsAsync("it failed again", async () => Json((await Run("jobs", "retry", "--all", "--error", "as corrected", "--dry-run", "--json")).Output).GetProperty("matched").GetInt32() == 1, TimeSpan.FromSeconds(60));
        var shown = await Run("jobs", "show", failedId);
        Assert.Contains("as asked for", shown.Output, StringComparison.Ordinal);
        Assert.Equal("as asked for", Json((await Run("jobs", "show", failedId, "--json")).Output).GetProperty("originalArgs").GetProperty("message").GetString());
        Assert.Equal(1, Json((await Run("jobs", "retry", "--all", "--name", "diagnostics.fail", "--per-second", "0.001", "--json")).Output).GetProperty("changed").GetInt32());
        await Eventually.HoldsAsync("it failed once more", async () => (await Run("jobs", "retry", "--all", "--dry-run")).Output.StartsWith("1 job", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        Assert.Equal("1 job is discarded.", (await Run("jobs", "discard", "--all", "--queue", "diagnostics")).Output.Trim());
        Assert.Equal(1, (await Run("jobs", "discard", failedId)).Code);

        Assert.Contains("allows 2 at once, 10 started per 00:01:00 now", (await Run("limits", "set", "mail", "--running", "2", "--starts", "10", "--per", "1m")).Output, StringComparison.Ordinal);
        Assert.Equal(2, Json((await Run("limits", "--json")).Output).EnumerateArray().Single(one => one.GetProperty("name").GetString() == "mail").GetProperty("rule").GetProperty("running").GetInt32());
        Assert.Contains("No limit 'mail' is in force.", (await Run("limits", "reset", "mail")).Output, StringComparison.Ordinal);

        var flow = await StartFlowAsync(data.File("jobs.db"), redis ? store : null);
        Assert.Contains(flow, (await Run("flows", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("test flow: Running", (await Run("flows", "show", flow)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("flows", "cancel", flow)).Code);
        Assert.Equal("Cancelled", Json((await Run("flows", "list", "--ended", "--json")).Output).GetProperty("flows")[0].GetProperty("state").GetString());
        Assert.Equal(0, (await Run("flows", "retry", flow)).Code);
        await Eventually.HoldsAsync("the flow was taken up", async () => (await Run("flows", "show", flow)).Output.Contains("test flow: Succeeded, 2 of 2 done", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        Assert.Equal("by-hand", Json((await Run("jobs", "show", id, "--json")).Output).GetProperty("tags")[0].GetString());

        var stats = Json((await Run("jobs", "stats", "--json")).Output);
        Assert.Equal(1, stats.GetProperty("workers").GetInt32());
        Assert.Equal(portal.Id, Json((await Run("workers", "--json")).Output)[0].GetProperty("processId").GetInt32());
        await Eventually.HoldsAsync("the history has the job", async () => (await Run("jobs", "history", "--tag", "by-hand")).Output.Contains(id, StringComparison.Ordinal), TimeSpan.FromSeconds(60));

        Assert.True(Json((await Run("jobs", "pause", "diagnostics", "--json")).Output).GetProperty("changed").GetBoolean());
        Assert.Contains("was paused already", (await Run("jobs", "pause", "diagnostics")).Output, StringComparison.Ordinal);
        Assert.True(Json((await Run("jobs", "stats", "--json")).Output).GetProperty("queues").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "diagnostics").GetProperty("paused").GetBoolean());
        Assert.Contains("is resumed", (await Run("jobs", "resume", "diagnostics")).Output, StringComparison.Ordinal);

        await using (var library = new SqliteConnection($"Data Source={data.File("library.db")};Mode=ReadOnly;Pooling=False"))
        {
            await library.OpenAsync();
            await using var audit = library.CreateCommand();
            audit.CommandText = "SELECT group_concat(Action, ' ') FROM (SELECT Action FROM Audit WHERE ActorName = 'The operator' ORDER BY Id)";
            Assert.Equal("job.enqueued job.enqueued job.enqueued job.cancelled job.edited jobs.retried jobs.discarded limit.set limit.reset flow.cancelled flow.retried queue.paused queue.resumed", await audit.ExecuteScalarAsync());
        }

        var schedule = await AddScheduleAsync(data.File("jobs.db"), redis ? store : null);
        Assert.Equal(0, (await Run("schedules", "pause", schedule)).Code);
        Assert.True(Json((await Run("schedules", "--json")).Output).EnumerateArray().Single(one => one.GetProperty("name").GetString() == schedule).GetProperty("isPaused").GetBoolean());
        Assert.Equal(0, (await Run("schedules", "resume", schedule)).Code);
        Assert.Equal(0, (await Run("schedules", "run", schedule)).Code);
        var backfill = Json((await Run("schedules", "backfill", schedule, "--from", "2026-01-01T00:00Z", "--to", "2026-01-03T23:00Z", "--json")).Output);
        Assert.Equal((3, 3), (backfill.GetProperty("due").GetInt32(), backfill.GetProperty("fired").GetInt32() + backfill.GetProperty("waiting").GetInt32()));
    }

    [Fact]
    public async Task Commands_SayWhatIsWrong()
    {
        using var data = new TemporaryDirectory();
        var (code, output) = await PortalProcess.RunAsync("jobs", "list", "--DataDirectory", data.Path);
        Assert.Equal(3, code);
        Assert.StartsWith($"There is no job store in {data.Path}", output, StringComparison.Ordinal);
        await AssertAsync(3, "Redis", data.Path, "jobs", "stats", "--ConnectionStrings:Redis", "127.0.0.1:1");
        await using (await PortalProcess.StartAsync("", data.Path))
        {
            await AssertAsync(1, "There is no job 00000000000000000000000000000000", data.Path, "jobs", "show", "00000000000000000000000000000000");
            await AssertAsync(2, "'7' is not a job id; expected 32 hexadecimal digits.", data.Path, "jobs", "cancel", "7");
            await AssertAsync(2, "There is no job named 'diagnostics.crash'. Known are:", data.Path, "jobs", "enqueue", "diagnostics.crash");
            await AssertAsync(2, "The arguments are not JSON", data.Path, "jobs", "enqueue", "mail.send", "{x");
            await AssertAsync(2, "do not fit 'mail.send'", data.Path, "jobs", "enqueue", "mail.send", """{"nonsense":1}""");
            await AssertAsync(2, "Soon", data.Path, "jobs", "list", "--state", "Soon", "--json");
            await AssertAsync(2, "Required argument missing for command: 'cancel'", data.Path, "jobs", "cancel");
            await AssertAsync(2, "--count is 0; expected 1 to 200.", data.Path, "jobs", "list", "--count", "0");
            await AssertAsync(2, "--offset goes with --state", data.Path, "jobs", "list", "--offset", "5");
            await AssertAsync(2, "No job is named", data.Path, "jobs", "retry");
            await AssertAsync(2, "Jobs are named, and --all is given", data.Path, "jobs", "discard", "00000000000000000000000000000000", "--all");
            await AssertAsync(2, "--error goes with --all", data.Path, "jobs", "retry", "00000000000000000000000000000000", "--error", "no");
            await AssertAsync(2, "The states must be some of", data.Path, "jobs", "retry", "--all", "--state", "Running");
            await AssertAsync(2, "The rate is 0 a second", data.Path, "jobs", "retry", "--all", "--per-second", "0");
            await AssertAsync(2, "The limit 'mail' allows everything", data.Path, "limits", "set", "mail");
            await AssertAsync(2, "'7' is not the id of a flow", data.Path, "flows", "show", "7");
            await AssertAsync(1, "There is no flow 00000000000000000000000000000000", data.Path, "flows", "show", "00000000000000000000000000000000");
            await AssertAsync(1, "There is no schedule 'nightly'", data.Path, "schedules", "backfill", "nightly", "--from", "2026-11-01T00:00Z", "--to", "2026-11-02T00:00Z");
            await AssertAsync(1, "There is no schedule 'nightly'", data.Path, "schedules", "run", "nightly");

            await using var library = new SqliteConnection($"Data Source={data.File("library.db")};Pooling=False");
            await library.OpenAsync();
            await using var full = library.CreateCommand();
            full.CommandText = "CREATE TRIGGER Full BEFORE INSERT ON Audit BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";
            await full.ExecuteNonQueryAsync();
            await AssertAsync(0, "queue.paused, Queue mail (mail), by operator at ", data.Path, "jobs", "pause", "mail");
        }
    }

    [Theory]
    [InlineData("jobs", "list", "history", "show", "enqueue", "cancel", "retry", "discard", "stats", "pause", "resume")]
    [InlineData("workers")]
    [InlineData("schedules", "list", "pause", "resume", "run", "backfill")]
    [InlineData("limits", "list", "set", "reset")]
    [InlineData("flows", "list", "show", "cancel", "retry")]
    public async Task Help_NamesEveryCommand(string command, params string[] verbs)
    {
        var (code, output, _) = await InlineCommand.RunAsync(command, "--help");

        Assert.Equal(0, code);
        var listed = output.Split('\n').SkipWhile(static line => line != "Commands:").Skip(1).TakeWhile(static line => line.Length > 0).Select(static line => line.Trim().Split(' ')[0]);
        Assert.Equal(verbs, listed);
        Assert.Contains($"  {command} ", (await InlineCommand.RunAsync("--help")).Output, StringComparison.Ordinal);
    }

    static async Task AssertAsync(int code, string words, string data, params string[] arguments)
    {
        var (ended, output, errors) = await InlineCommand.RunAsync([.. arguments, "--DataDirectory", data]);
        Assert.Contains(words, output + errors, StringComparison.Ordinal);
        Assert.Equal(code, ended);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
    }

    static IEnumerable<string> Settings(IEnumerable<(string Key, string Value)> settings) => settings.SelectMany(one => new[] { $"--{one.Key}", one.Value });

    static ServiceProvider Engine(string file, (string Key, string Value)[]? redis)
    {
        var services = new ServiceCollection().AddLogging().AddJobs().AddDiagnosticsJobs();
        if (redis is null)
            services.AddSqliteJobStore(file);
        else
            services.AddRedisJobStore(redis[0].Value, redis[1].Value);
        return services.BuildServiceProvider();
    }

    // Its job is due in an hour, so that it stays where it is.
    static async Task<string> StartFlowAsync(string file, (string Key, string Value)[]? redis)
    {
        await using var provider = Engine(file, redis);
        var flow = Flow.Chain(Flow.Job(new Noop(), options => options.In(TimeSpan.FromHours(1))), Flow.Job(new Noop()));
        return $"{(await provider.GetRequiredService<IJobFlows>().StartAsync(flow, options => options.Named("test flow"))).Id}";
    }

    static async Task<string> AddScheduleAsync(string file, (string Key, string Value)[]? redis)
    {
        await using var provider = Engine(file, redis);
        var job = provider.GetRequiredService<IJobClient>().Prepare(new Noop());
        await provider.GetRequiredService<IJobSchedules>().SaveAsync(new Schedule { Name = "test.nightly", Rule = ScheduleRule.Cron("0 3 * * *"), Job = job });
        return "test.nightly";
    }

    static JsonElement Json(string output) => JsonElement.Parse(output);
}
