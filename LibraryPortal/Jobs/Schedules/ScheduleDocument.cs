using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>What is kept of a schedule's definition: how it is now, and how code declared it last, so that an operator's changes can be told from it.</summary>
/// <param name="Declared">Null for a schedule that no code declares.</param>
/// <param name="IsRetired">Code declared it once and does so no more: it is kept for its history, and never due.</param>
internal sealed record ScheduleDocument(Schedule Current, Schedule? Declared, bool IsRetired)
{
    public bool IsActive => !IsRetired && !Current.IsPaused;

    /// <exception cref="ArgumentException">It was written by a program that knows other rules; the message says so.</exception>
    public static ScheduleDocument Read(StoredSchedule stored) =>
        TryRead(stored, out var document, out var problem) ? document : throw new ArgumentException(problem, nameof(stored));

    /// <summary>Reads the definition and prepares its arithmetic.</summary>
    /// <param name="problem">Why this program cannot work with it, in a sentence.</param>
    public static bool TryRead(
        StoredSchedule stored, [NotNullWhen(true)] out ScheduleDocument? document, [NotNullWhen(true)] out Timetable? timetable, [NotNullWhen(false)] out string? problem)
    {
        timetable = null;
        return TryRead(stored, out document, out problem)
            && Timetable.TryCreate(document.Current.Rule, document.Current.StartsAt, document.Current.EndsAt, out timetable, out problem);
    }

    /// <summary>Reads the definition.</summary>
    /// <param name="problem">Why this program cannot read it, in a sentence.</param>
    public static bool TryRead(StoredSchedule stored, [NotNullWhen(true)] out ScheduleDocument? document, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            document = JsonSerializer.Deserialize<ScheduleDocument>(stored.Definition.Span, JobJson.Options);
            problem = document is null ? $"The schedule '{stored.Name}' has an empty definition." : null;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            (document, problem) = (null, $"The schedule '{stored.Name}' was written by another version of the program: {error.Message}");
        }

        return document is not null;
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, JobJson.Options);

    /// <summary>As code declares it now. What an operator changed since the last declaration stays as it is.</summary>
    public static ScheduleDocument Declare(ScheduleDocument? kept, Schedule declared)
    {
        if (kept is null)
            return new ScheduleDocument(declared, declared, IsRetired: false);
        var (was, now) = (kept.Declared, kept.Current);
        var merged = was is null ? now : now with
        {
            Rule = Pick(was.Rule, now.Rule, declared.Rule),
            Job = Pick(was.Job, now.Job, declared.Job),
            Missed = Pick(was.Missed, now.Missed, declared.Missed),
            Overlap = Pick(was.Overlap, now.Overlap, declared.Overlap),
            Jitter = Pick(was.Jitter, now.Jitter, declared.Jitter),
            IsPaused = Pick(was.IsPaused, now.IsPaused, declared.IsPaused),
            StartsAt = Pick(was.StartsAt, now.StartsAt, declared.StartsAt),
            EndsAt = Pick(was.EndsAt, now.EndsAt, declared.EndsAt),
        };
        return new ScheduleDocument(merged, declared, IsRetired: false);
    }

    /// <summary>Whether what was due under the other no longer counts: due at other times, or not active before or after.</summary>
    public bool StartsAnewAfter(ScheduleDocument other) =>
        IsActive != other.IsActive || !Same(Current.Rule, other.Current.Rule) || Current.StartsAt != other.Current.StartsAt || Current.EndsAt != other.Current.EndsAt;

    /// <summary>Whether an operator changed what code declares.</summary>
    public bool IsChanged => Declared is not null && !Same(Current, Declared);

    static T Pick<T>(T was, T now, T declared) => Same(was, now) ? declared : now;

    // Arguments and lists have no equality of their own; their written form has.
    static bool Same<T>(T one, T other) => JsonSerializer.Serialize(one, JobJson.Options) == JsonSerializer.Serialize(other, JobJson.Options);
}
