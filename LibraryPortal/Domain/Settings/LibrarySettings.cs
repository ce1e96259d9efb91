using LibraryPortal.Domain.Calendar;

namespace LibraryPortal.Domain.Settings;

/// <summary>What is decided once for the whole library. There is one row.</summary>
public sealed class LibrarySettings
{
    /// <summary>The key of the only row.</summary>
    public const int OnlyId = 1;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 100;

    LibrarySettings() { }

    public int Id { get; private set; } = OnlyId;

    /// <summary>As it stands on pages, mails and cards. Default: "The library".</summary>
    public string Name { get; private set; } = "The library";

    /// <summary>IANA name, such as <c>Europe/Berlin</c>. Null, the default: that of the server.</summary>
    public string? TimeZone { get; private set; }

    /// <summary>Default: Monday to Saturday.</summary>
    public OpeningDays Opening { get; private set; } = OpeningDays.MondayToSaturday;

    /// <summary>Days after which an ended loan or request loses the reader's name, unless the reader keeps the history. Default: 30.</summary>
    public int HistoryDays { get; private set; } = 30;

    /// <summary>The job that moves promised dates since the calendar changed last; null: it never did.</summary>
    public Guid? DatesJobId { get; private set; }

    /// <summary>Grows with each change, so that of two people who change it at once only one wins.</summary>
    public int Version { get; private set; }

    /// <summary>From now on this job moves promised dates. No change that anybody else could overwrite.</summary>
    public void MoveDates(Guid jobId) => DatesJobId = jobId;

    /// <summary>Changes all of them, or nothing.</summary>
    public Outcome<LibrarySettings> Change(string? name, string? timeZone, IEnumerable<DayOfWeek> openingDays, int historyDays)
    {
        var words = name?.Trim() ?? "";
        if (words.Length is 0 or > MaxName)
            return new Refusal(RefusalKind.Invalid, $"The library's name has 1 to {MaxName} characters; this one has {words.Length:N0}.", "library-name");
        var zone = timeZone?.Trim() is { Length: > 0 } id ? id : null;
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            return new Refusal(RefusalKind.Invalid, $"“{zone}” is not a time zone; expected a name such as Europe/Berlin.", "time-zone");
        if (historyDays is < 0 or > 3650)
            return new Refusal(RefusalKind.Invalid, $"Days of history must be between 0 and 3650; it is {historyDays}.", "history-days");
        var opening = OpeningDays.Of(openingDays);
        if (!opening.IsAllowed)
            return opening.Refusal;
        (Name, TimeZone, Opening, HistoryDays) = (words, zone, opening.Value, historyDays);
        Version++;
        return this;
    }
}
