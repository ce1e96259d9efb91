using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>Short words for what tests of timetables do again and again.</summary>
internal static class Timetables
{
    extension(Timetable timetable)
    {
        /// <summary>That of a rule which is right.</summary>
        public static Timetable Create(ScheduleRule rule, DateTimeOffset? start = null, DateTimeOffset? end = null) =>
            Timetable.TryCreate(rule, start, end, out var made, out var problem) ? made : throw new FormatException(problem);

        /// <summary>The next few due times after a moment.</summary>
        public IEnumerable<DateTimeOffset> Upcoming(DateTimeOffset moment, int count) => timetable.Between(moment, DateTimeOffset.MaxValue).Take(count);
    }
}
