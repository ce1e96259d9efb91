using System.Globalization;

namespace LibraryPortal.Domain.Loans;

/// <summary>How much a patron may have, and for how long. Periods end with the day, 23:59:59 in the library's time zone.</summary>
public sealed record LendingTerms
{
    /// <summary>Requests waiting or ready at one time. Default: 5.</summary>
    public int OpenRequests { get; init; } = 5;

    /// <summary>Requests placed in one day. Default: 10.</summary>
    public int RequestsPerDay { get; init; } = 10;

    /// <summary>Copies on loan at one time. Default: 10.</summary>
    public int Loans { get; init; } = 10;

    /// <summary>Default: 21.</summary>
    public int LoanDays { get; init; } = 21;

    /// <summary>How long a copy waits at the desk. Default: 7.</summary>
    public int CollectDays { get; init; } = 7;

    /// <summary>How long a request waits to be filled. Default: 60.</summary>
    public int RequestDays { get; init; } = 60;

    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    public DateTimeOffset LoanDueAt(DateTimeOffset now) => EndOfDay(now, LoanDays);

    public DateTimeOffset CollectBy(DateTimeOffset now) => EndOfDay(now, CollectDays);

    public DateTimeOffset RequestExpiresAt(DateTimeOffset now) => EndOfDay(now, RequestDays);

    /// <summary>When the library's present day began.</summary>
    public DateTimeOffset StartOfDay(DateTimeOffset now) => Local(LocalDate(now));

    /// <summary>When the library's next day begins.</summary>
    public DateTimeOffset StartOfNextDay(DateTimeOffset now) => Local(LocalDate(now).AddDays(1));

    /// <summary>The date as it stands in a sentence, in the library's time zone.</summary>
    public string Say(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, TimeZone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    DateTimeOffset EndOfDay(DateTimeOffset now, int days) => Local(LocalDate(now).AddDays(days + 1)).AddSeconds(-1);

    DateTime LocalDate(DateTimeOffset now) => TimeZoneInfo.ConvertTime(now, TimeZone).Date;

    DateTimeOffset Local(DateTime midnight)
    {
        // Where clocks jump over midnight, the day begins when they land.
        while (TimeZone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        return new DateTimeOffset(midnight, TimeZone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
