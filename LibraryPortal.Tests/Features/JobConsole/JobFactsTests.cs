using System.Text.Json;
using AngleSharp.Html.Dom;
using LibraryPortal.Features.JobConsole;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.JobConsole;

/// <summary>The page of a job says all that decides when and how it runs, and nothing about what it does not have.</summary>
public sealed class JobFactsTests
{
    static readonly ManualClock Clock = new();

    static JobEnvelope Plain => RedisStoreTest.Job();

    [Fact]
    public async Task Facts_SayWhatDecidesWhenItRuns()
    {
        var now = Clock.GetUtcNow();
        var facts = await FactsAsync(Plain with
        {
            SerialKey = "member:7", Limits = ["mail", "export"], ScheduledFor = now.AddHours(-2), ExpiresAt = now.AddHours(3), TimeLimit = TimeSpan.FromMinutes(90),
        });

        Assert.Equal("member:7, one at a time", facts["Serial key"]);
        Assert.Equal("mail, export", facts["Limits"]);
        Assert.Equal("2 hours ago", facts["Scheduled for"]);
        Assert.Equal("in 3 hours, unless it has started by then", facts["Expires"]);
        Assert.Equal("01:30:00, then it is told to stop", facts["Time limit"]);
    }

    [Fact]
    public async Task Facts_OfAPlainJob_SayNothingOfThese()
    {
        var facts = await FactsAsync(Plain);

        Assert.Contains("Queue", facts.Keys);
        Assert.DoesNotContain(facts.Keys, word => word is "Serial key" or "Limits" or "Scheduled for" or "Expires" or "Time limit");
    }

    [Fact]
    public async Task Data_OfAnEditedReplay_HasTheArgumentsOfBoth()
    {
        var page = await RenderAsync<JobData>(new JobRecord
        {
            Envelope = Plain with { Args = Json(2), OriginalArgs = Json(1) }, State = JobState.Queued,
        });

        Assert.Equal(["Arguments", "Arguments at first"], page.QuerySelectorAll("h2").Select(heading => heading.TextContent));
        Assert.Equal([2, 1], page.QuerySelectorAll("pre").Select(text => JsonDocument.Parse(text.TextContent).RootElement.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task Data_OfAJobAsItWasAccepted_HasItsArgumentsOnce()
    {
        var page = await RenderAsync<JobData>(new JobRecord { Envelope = Plain, State = JobState.Queued });

        Assert.Equal(["Arguments"], page.QuerySelectorAll("h2").Select(heading => heading.TextContent));
    }

    static JsonElement Json(int number) => JsonSerializer.SerializeToElement(new { number });

    static async Task<IReadOnlyDictionary<string, string>> FactsAsync(JobEnvelope job)
    {
        var page = await RenderAsync<JobFacts>(new JobRecord { Envelope = job, State = JobState.Queued });
        return page.QuerySelectorAll("dt").ToDictionary(word => word.TextContent, word => word.NextElementSibling!.TextContent.Trim(), StringComparer.Ordinal);
    }

    static async Task<IHtmlDocument> RenderAsync<TComponent>(JobRecord job) where TComponent : Microsoft.AspNetCore.Components.IComponent
    {
        await using var renderer = new ComponentRenderer(Clock);
        return await renderer.RenderAsync<TComponent>(("Job", job));
    }
}
