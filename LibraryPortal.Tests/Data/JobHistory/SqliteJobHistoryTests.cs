using System.Globalization;
using System.Text.Json;
using LibraryPortal.Data.JobHistory;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Data.JobHistory;

/// <summary>The history on a real database: what is found, and that nothing doubles.</summary>
public sealed class SqliteJobHistoryTests : IAsyncLifetime
{
    static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    TestDatabase _database = null!;
    SqliteJobHistory _history = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _history = new SqliteJobHistory(_database.Contexts);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Add_Twice_AddsOnce_AndAnotherOutcomeOfTheJobIsARowOfItsOwn()
    {
        var failed = Ended(state: JobState.Failed, error: "no disk");
        var again = failed with { State = JobState.Succeeded, FinishedAt = failed.FinishedAt + TimeSpan.FromMinutes(1), Error = null };

        Assert.Equal(1, await _history.AddAsync([failed], default));
        Assert.Equal(0, await _history.AddAsync([failed], default));
        Assert.Equal(1, await _history.AddAsync([failed, again, again], default));

        Assert.Equal(2, (await SearchAsync(new())).Total);
        Assert.Equal(JobState.Succeeded, (await _history.FindAsync(failed.Id, default))!.State);
    }

    [Fact]
    public async Task Add_ByManyAtOnce_AddsEachOnce()
    {
        var jobs = Enumerable.Range(0, 100).Select(number => Ended(minute: number)).ToList();

        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _history.AddAsync(jobs, default)));

        Assert.Equal(100, added.Sum());
        Assert.Equal(100, (await SearchAsync(new())).Total);
    }

    [Fact]
    public async Task Find_GivesBackAllThatIsKnown()
    {
        var job = Ended(state: JobState.Failed, error: "E: ä", tags: ["red", "blue one"], worker: "w-1");
        await _history.AddAsync([job], default);

        var found = await _history.FindAsync(job.Id, default);

        Assert.Equal(JsonSerializer.Serialize(job, JobJson.Options), JsonSerializer.Serialize(found, JobJson.Options));
        Assert.Null(await _history.FindAsync(JobId.New(), default));
    }

    [Fact]
    public async Task Search_FindsByEachThing_LatestFirst()
    {
        var report = Ended("reports.export", owner: "ana-1", tags: ["urgent"], worker: "host-1-aa", minute: 1, seconds: 5, text: "Müller und Söhne");
        var mail = Ended("mail.send", owner: "ben-2", state: JobState.Failed, error: "SmtpException: timed out", worker: "host-2-bb", minute: 2, seconds: 90);
        var longer = Ended("mail.send.bulk", owner: "ben", state: JobState.Cancelled, tags: ["urgent-not"], minute: 3, seconds: null);
        await _history.AddAsync([report, mail, longer], default);

        await AssertFoundAsync(new(), longer, mail, report);
        await AssertFoundAsync(new() { Name = "mail.send" }, mail);
        await AssertFoundAsync(new() { Owner = "ben" }, longer);
        await AssertFoundAsync(new() { State = JobState.Failed }, mail);
        await AssertFoundAsync(new() { Tag = "urgent" }, report);
        await AssertFoundAsync(new() { Worker = "host-2-bb" }, mail);
        await AssertFoundAsync(new() { Text = "MULLER" }, report);
        await AssertFoundAsync(new() { Text = "sohne mül" }, report);
        await AssertFoundAsync(new() { Text = "smtp timed" }, mail);
        await AssertFoundAsync(new() { Text = "smtp", Name = "reports.export" });
        await AssertFoundAsync(new() { Text = "timed", State = JobState.Failed, Owner = "ben-2", Worker = "host-2-bb", Name = "mail.send" }, mail);
        await AssertFoundAsync(new() { Longer = TimeSpan.FromSeconds(60) }, mail);
        await AssertFoundAsync(new() { Shorter = TimeSpan.FromSeconds(60) }, report);
        await AssertFoundAsync(new() { From = Start.AddMinutes(2), To = Start.AddMinutes(3) }, mail);
        await AssertFoundAsync(new() { Text = "smtp", From = Start.AddMinutes(2), To = Start.AddMinutes(3) }, mail);
        await AssertFoundAsync(new() { Text = "smtp", From = Start.AddMinutes(3) });
        await AssertFoundAsync(new() { Text = "smtp", To = Start.AddMinutes(2) });
    }

    [Fact]
    public async Task Search_OfAnyCombination_FindsWhatALookAtEveryJobFinds()
    {
        var random = new Random(7);
        string[] names = ["mail.send", "reports.export", "rare.job"];
        JobState[] states = [JobState.Succeeded, JobState.Failed, JobState.Expired];
        var jobs = Enumerable.Range(0, 400).Select(number => Ended(
            names[random.Next(20) switch { < 14 => 0, < 19 => 1, _ => 2 }], $"owner-{random.Next(5)}", states[random.Next(10) switch { < 8 => 0, 8 => 1, _ => 2 }],
            minute: number, seconds: random.Next(8) == 0 ? null : random.Next(120))).ToList();
        await _history.AddAsync(jobs, default);
        T? Maybe<T>(T value) where T : struct => random.Next(2) == 0 ? value : null;

        for (var round = 0; round < 300; round++)
        {
            var query = new HistoryQuery
            {
                Name = random.Next(2) == 0 ? names[random.Next(3)] : null, State = Maybe(states[random.Next(3)]), Owner = random.Next(3) == 0 ? $"owner-{random.Next(6)}" : null,
                Longer = Maybe(TimeSpan.FromSeconds(random.Next(120))), Shorter = Maybe(TimeSpan.FromSeconds(random.Next(120))),
                From = Maybe(Start.AddMinutes(random.Next(400))), To = Maybe(Start.AddMinutes(random.Next(400))), Count = 200,
            };
            bool Fits(JobRecord job)
            {
                var took = job.FinishedAt - job.StartedAt;
                return (query.Name ?? job.Envelope.Name) == job.Envelope.Name && (query.State ?? job.State) == job.State && (query.Owner ?? job.Envelope.Owner) == job.Envelope.Owner
                    && (query.Longer is null || took >= query.Longer) && (query.Shorter is null || took <= query.Shorter)
                    && (query.From is null || job.FinishedAt >= query.From) && (query.To is null || job.FinishedAt < query.To);
            }

            var expected = jobs.Where(Fits).OrderByDescending(job => job.FinishedAt).ToList();
            var page = await SearchAsync(query);
            Assert.Equal(expected.Count, page.Total);
            Assert.Equal(expected.Take(200).Select(job => job.Id), page.Jobs.Select(job => job.Id));
        }
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("smtp AND")]
    [InlineData("NEAR(a b)")]
    [InlineData("Words : x")]
    [InlineData("')); DROP TABLE JobHistory; --")]
    [InlineData("*")]
    public async Task Search_TakesNothingForAnOperator(string text)
    {
        await _history.AddAsync([Ended(error: "broken")], default);

        await SearchAsync(new() { Text = text, Tag = text, Owner = text, Worker = text, Name = text });

        Assert.Equal(1, (await SearchAsync(new())).Total);
    }

    [Fact]
    public async Task Search_GivesPages()
    {
        await _history.AddAsync([.. Enumerable.Range(0, 30).Select(number => Ended(minute: number, text: "word"))], default);

        foreach (var text in (string?[])[null, "word"])
        {
            var page = await SearchAsync(new() { Text = text, Offset = 10, Count = 5 });
            Assert.Equal(30, page.Total);
            Assert.Equal([19, 18, 17, 16, 15], page.Jobs.Select(job => (int)(job.FinishedAt!.Value - Start).TotalMinutes));
        }
    }

    [Fact]
    public async Task Trim_DeletesTheOldAndTheSurplus_FromTheIndexToo()
    {
        await _history.AddAsync([.. Enumerable.Range(0, 30).Select(number => Ended(minute: number, text: "word"))], default);

        while (await _history.TrimAsync(Start.AddMinutes(10), 1_000, 3, default) > 0) { }
        Assert.Equal(20, (await SearchAsync(new() { Text = "word" })).Total);

        while (await _history.TrimAsync(Start, 5, 4, default) > 0) { }
        Assert.Equal([29, 28, 27, 26, 25], (await SearchAsync(new() { Text = "word" })).Jobs.Select(job => (int)(job.FinishedAt!.Value - Start).TotalMinutes));
        Assert.Equal(5, (await SearchAsync(new())).Total);
    }

    Task<HistoryPage> SearchAsync(HistoryQuery query) => _history.SearchAsync(query, default);

    async Task AssertFoundAsync(HistoryQuery query, params JobRecord[] expected)
    {
        var page = await SearchAsync(query);
        Assert.Equal(expected.Select(job => job.Id), page.Jobs.Select(job => job.Id));
        Assert.Equal(expected.Length, page.Total);
    }

    internal static JobRecord Ended(
        string name = "test.one", string? owner = null, JobState state = JobState.Succeeded, string? error = null, string[]? tags = null, string? worker = null,
        int minute = 0, double? seconds = 1, string text = "") => new()
    {
        Envelope = new JobEnvelope
        {
            Id = JobId.New(), Name = name, Queue = "default", Priority = JobPriority.Normal, Owner = owner, Tags = tags ?? [], KeepsHistory = true,
            Args = JsonSerializer.SerializeToElement(new { text, number = minute.ToString(CultureInfo.InvariantCulture) }), EnqueuedAt = Start,
            Retry = new RetryPolicy(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)), ResultTtl = TimeSpan.FromHours(1),
        },
        State = state,
        Attempt = 1,
        Error = error,
        Worker = worker,
        StartedAt = seconds is { } ran ? Start.AddMinutes(minute).AddSeconds(-ran) : null,
        FinishedAt = Start.AddMinutes(minute),
    };
}
