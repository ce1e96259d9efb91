using System.Diagnostics;
using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Tests.Jobs.Schedules;

public sealed class FiredJobTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    static readonly Schedule Hourly = new()
    {
        Name = "loans.reminders",
        Rule = ScheduleRule.Every(TimeSpan.FromHours(1)),
        Job = new JobEnvelope
        {
            Id = default, Name = "loans.remind", Queue = "default", Priority = JobPriority.Normal, Args = JsonSerializer.SerializeToElement(new { }),
            EnqueuedAt = default, Retry = new RetryPolicy(5, TimeSpan.FromSeconds(2), TimeSpan.FromHours(1)), ResultTtl = TimeSpan.FromDays(1),
        },
    };

    [Fact]
    public void At_TheSameDueTime_IsTheSameJobOnEveryMachine()
    {
        var id = FiredJob.At(Hourly, Noon, Noon).Id;

        Assert.Equal(id, FiredJob.At(Hourly with { Job = Hourly.Job with { Queue = "other" } }, Noon.ToOffset(TimeSpan.FromHours(2)), Noon.AddSeconds(9)).Id);
        Assert.Equal(id, FiredJob.IdAt("loans.reminders", Noon));
        // Written down, so that a change of the rule for ids does not pass unseen: it would run due times again during a deploy.
        Assert.Equal("01a20320a200702fa3f5f101e16fc72a", id.ToString());
        Assert.Equal(7, id.Value.Version);
        Assert.InRange(id.Value.Variant, 8, 11);
    }

    [Fact]
    public void At_WithAnExpiry_CountsFromWhenTheRunMayStart()
    {
        var template = ScheduleCheck.AsTemplate(Hourly.Job with { EnqueuedAt = Noon, ExpiresAt = Noon.AddMinutes(5) });
        Assert.Equal(template, ScheduleCheck.AsTemplate(template));
        var schedule = Hourly with { Job = template };

        Assert.Equal(Noon.AddMinutes(5), FiredJob.At(schedule, Noon, Noon.AddHours(-1)).ExpiresAt);
        Assert.Equal(Noon.AddHours(2).AddMinutes(5), FiredJob.At(schedule, Noon, Noon.AddHours(2)).ExpiresAt);
        Assert.Null(FiredJob.At(Hourly, Noon, Noon).ExpiresAt);
    }

    [Fact]
    public void Id_OfOtherSchedulesAndDueTimes_Differs()
    {
        var ids = from name in new[] { "a", "b", "a\n1" }
                  from minute in Enumerable.Range(0, 1_000)
                  select FiredJob.IdAt(name, Noon.AddMinutes(minute));

        Assert.Equal(3_000, ids.Distinct().Count());
    }

    [Fact]
    public void At_CarriesTheTraceOfWhatFiresIt()
    {
        using var fire = new Activity("fire").Start();

        Assert.Equal(fire.Id, FiredJob.At(Hourly, Noon, Noon).TraceParent);
    }

    [Fact]
    public void At_WithoutJitter_IsDueAtOnce() => Assert.Null(FiredJob.At(Hourly, Noon, Noon).DueAt);

    [Fact]
    public void At_WithJitter_SpreadsEvenlyAndTheSameWayEachTime()
    {
        var schedule = Hourly with { Jitter = TimeSpan.FromMinutes(10) };

        var delays = Enumerable.Range(0, 2_000).Select(hour => Noon.AddHours(hour))
            .Select(due => (FiredJob.At(schedule, due, due).DueAt ?? due) - due)
            .ToList();

        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromMinutes(10)));
        Assert.InRange(delays.Average(delay => delay.TotalMinutes), 4.7, 5.3);
        Assert.Equal(delays[7], FiredJob.At(schedule, Noon.AddHours(7), Noon.AddHours(7)).DueAt - Noon.AddHours(7));
    }

    [Fact]
    public void Schedule_AsJson_RoundTrips()
    {
        var schedule = Hourly with
        {
            Rule = ScheduleRule.Cron("30 7 * * 1-5", "Europe/Berlin"), Missed = MissedRuns.UpTo(4), Overlap = OverlapPolicy.CancelPrevious,
            Jitter = TimeSpan.FromSeconds(3), IsPaused = true, StartsAt = Noon, EndsAt = Noon.AddDays(1),
        };

        var json = JsonSerializer.Serialize(schedule, JobJson.Options);
        var read = JsonSerializer.Deserialize<Schedule>(json, JobJson.Options)!;

        Assert.Equal(schedule with { Job = read.Job }, read);
        Assert.Contains("\"rule\":{\"$type\":\"cron\",\"text\":\"30 7 * * 1-5\",\"zone\":\"Europe/Berlin\"}", json, StringComparison.Ordinal);
        Assert.Contains("\"missed\":4", json, StringComparison.Ordinal);
    }
}
