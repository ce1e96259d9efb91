using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Circulation.Opening;

/// <summary>When the nightly round is due: ten past midnight in the library's time zone.</summary>
internal static class NightlySchedule
{
    public const string ScheduleName = NightlyJob.JobName;

    const string TenPastMidnight = "10 0 * * *";

    /// <summary>Declares it in the server's zone; <see cref="KeepCalendarCurrent"/> moves it to the library's once that is read.</summary>
    public static IServiceCollection AddNightlySchedule(this IServiceCollection services) =>
        services.AddJobSchedule(ScheduleName, ScheduleRule.Cron(TenPastMidnight, Name(TimeZoneInfo.Local)), new NightlyRound());

    /// <summary>The zone's IANA name; UTC for one that has none.</summary>
    public static string Name(TimeZoneInfo zone)
    {
        if (zone.HasIanaId && TimeZoneInfo.TryFindSystemTimeZoneById(zone.Id, out _))
            return zone.Id;
        return TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var name) ? name : "UTC";
    }
}
