using LibraryPortal.Features.JobConsole;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace LibraryPortal.Tests.Features.JobConsole;

/// <summary>Who may steer schedules, and the rules people write.</summary>
public sealed class SteerScheduleTests
{
    static readonly Caller Librarian = new("lena", IsLibrarian: true, IsAdmin: false);
    static readonly Caller Admin = new("anna", IsLibrarian: true, IsAdmin: true);

    static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    readonly IJobSchedules _schedules = Substitute.For<IJobSchedules>();
    readonly SteerSchedule _steer;
    readonly BackfillSchedule _backfill;

    public SteerScheduleTests()
    {
        var clock = new ManualClock();
        clock.Advance(Now - clock.GetUtcNow());
        var audited = new AuditedSchedules(_schedules, new SteeringRecord(null, TimeProvider.System, NullLogger<SteeringRecord>.Instance));
        _steer = new SteerSchedule(_schedules, audited);
        _backfill = new BackfillSchedule(_schedules, audited, clock);
        _schedules.FindAsync("nightly").ReturnsForAnyArgs(Record(ScheduleRule.Cron("0 3 * * *", "Europe/Berlin")));
    }

    [Fact]
    public async Task Everything_ForALibrarian_IsRefusedAndNothingIsAsked()
    {
        TestLibrary.Refused(await _steer.ListAsync(Librarian), "admins-only");
        TestLibrary.Refused(await _steer.FindAsync(Librarian, "nightly"), "admins-only");
        TestLibrary.Refused(await _steer.PauseAsync(Librarian, "nightly"), "admins-only");
        TestLibrary.Refused(await _steer.ResumeAsync(Librarian, "nightly"), "admins-only");
        TestLibrary.Refused(await _steer.ResetAsync(Librarian, "nightly"), "admins-only");
        TestLibrary.Refused(await _steer.RunNowAsync(Librarian, "nightly"), "admins-only");
        TestLibrary.Refused(await _steer.ChangeRuleAsync(Librarian, "nightly", "5m", ""), "admins-only");
        TestLibrary.Refused(await _backfill.CountAsync(Librarian, "nightly", Now, Now), "admins-only");
        TestLibrary.Refused(await _backfill.RunAsync(Librarian, "nightly", Now, Now), "admins-only");

        Assert.Empty(_schedules.ReceivedCalls());
    }

    [Theory]
    [InlineData("15m", "", "every 15 minutes")]
    [InlineData("2h", "", "every 2 hours")]
    [InlineData("90s", "", "every 1 minute and 30 seconds")]
    [InlineData(" 30 7 * * 1-5 ", "Europe/Berlin", "every weekday at 07:30, Europe/Berlin")]
    public async Task ChangeRule_TakesCrontabAndIntervals(string rule, string zone, string sentence)
    {
        Assert.Equal($"It is due {sentence} now.", TestLibrary.Allowed(await _steer.ChangeRuleAsync(Admin, "nightly", rule, zone)));
        await _schedules.ReceivedWithAnyArgs(1).ChangeRuleAsync(default!, default!);
    }

    [Fact]
    public async Task ChangeRule_ThatCannotWork_SaysWhy()
    {
        _schedules.ChangeRuleAsync(default!, default!).ReturnsForAnyArgs(Task.FromException<ScheduleReply>(new ArgumentException("The hour is '99'; expected 0 to 23.", "schedule")));

        var outcome = await _steer.ChangeRuleAsync(Admin, "nightly", "0 99 * * *", "UTC");

        Assert.Equal("The hour is '99'; expected 0 to 23.", outcome.Refusal?.Message);
    }

    [Fact]
    public async Task Backfill_IsCountedFirst_BothEndsIncluded()
    {
        // In winter, 03:00 in Berlin is ten hours before noon UTC.
        Assert.Equal(3, TestLibrary.Allowed(await _backfill.CountAsync(Admin, "nightly", Now.AddHours(-10 - 48), Now.AddHours(-10))));
        TestLibrary.Refused(await _backfill.CountAsync(Admin, "nightly", Now, Now.AddMinutes(1)), "stretch-unusable");
        TestLibrary.Refused(await _backfill.CountAsync(Admin, "nightly", Now, Now.AddMinutes(-1)), "stretch-unusable");
        TestLibrary.Refused(await _backfill.CountAsync(Admin, "nightly", Now.AddYears(-50), Now), "stretch-unusable");
        await _schedules.DidNotReceiveWithAnyArgs().BackfillAsync(default!, default, default);
    }

    [Theory]
    [InlineData(3, 0, "3 jobs are accepted.")]
    [InlineData(1, 2, "1 job is accepted; 2 due times wait for the run before them.")]
    [InlineData(0, 0, "Nothing was made up for: the jobs of that stretch are there already.")]
    public async Task Backfill_SaysWhatBecameOfIt(int fired, int waiting, string sentence)
    {
        _schedules.BackfillAsync(default!, default, default).ReturnsForAnyArgs(new BackfillReply(3, fired, waiting));

        Assert.Equal(sentence, TestLibrary.Allowed(await _backfill.RunAsync(Admin, "nightly", Now.AddDays(-3), Now)));
    }

    [Fact]
    public void Next_AreTheNextDueTimes_AndNoneWhilePaused()
    {
        var now = Now;
        var next = SteerSchedule.NextOf(Record(ScheduleRule.Cron("0 3 * * *", "Europe/Berlin")), now);
        Assert.Equal(5, next.Count);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero), next[0].ToUniversalTime());
        Assert.Empty(SteerSchedule.NextOf(Record(ScheduleRule.Every(TimeSpan.FromHours(1)), isPaused: true), now));
    }

    static ScheduleRecord Record(ScheduleRule rule, bool isPaused = false) => new()
    {
        Name = "nightly", Sentence = "",
        Schedule = new Schedule { Name = "nightly", Rule = rule, Job = ScriptedJobs.Envelope(JobId.New(), "test.one"), IsPaused = isPaused },
    };
}
