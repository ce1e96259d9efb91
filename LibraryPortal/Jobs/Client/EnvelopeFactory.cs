using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using LibraryPortal.Jobs.Handlers;
using LibraryPortal.Jobs.History;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Jobs.Client;

/// <summary>Makes an envelope of arguments and options: fills in defaults, serialises, and refuses what no store should ever see.</summary>
/// <param name="history">Null where outcomes go nowhere.</param>
internal sealed class EnvelopeFactory(JobRegistry registry, IOptions<JobsOptions> settings, TimeProvider clock, IJobHistory? history = null)
{
    const int LongestKey = 200;
    const int MostTags = 20;
    const int LongestTag = 100;

    readonly int _maxPayload = settings.Value.MaxPayloadBytes;

    /// <exception cref="ArgumentException">The job is refused; the message says why.</exception>
    public JobEnvelope Create(IJobArgs args, Action<JobOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(args);
        var type = registry.FindByArgs(args.GetType());
        var json = Serialize(args, type);
        var exactly = clock.GetUtcNow();
        var now = Truncate(exactly);
        if (configure is null)
        {
            return new JobEnvelope
            {
                Id = JobId.New(exactly), Name = type.Name, Queue = type.Queue, Priority = type.Priority, Args = json, EnqueuedAt = now, Retry = type.Retry,
                ResultTtl = type.ResultTtl, ExpiresAt = type.ExpiresIn is { } time ? now + time : null, TimeLimit = type.TimeLimit,
                TimeLimitGrace = type.TimeLimitGrace, Limits = type.Limits, ArgsVersion = type.Version, KeepsHistory = KeepsHistory(type), TraceParent = Activity.Current?.Id,
            };
        }

        var options = new JobOptions();
        configure(options);
        Exception Refuse(string problem) => new ArgumentException($"The job '{type.Name}' {problem}.", nameof(configure));
        var dueAt = DueAt(options, exactly);
        return new JobEnvelope
        {
            Id = options.IdValue ?? JobId.New(exactly),
            Name = type.Name,
            Queue = options.QueueValue is { } queue ? CheckQueue(queue) : type.Queue,
            Priority = options.PriorityValue is { } priority ? CheckPriority(priority) : type.Priority,
            Args = json,
            EnqueuedAt = now,
            DueAt = dueAt,
            Retry = RetryLimits.Check(
                options.MaxAttemptsValue ?? type.Retry.MaxAttempts, options.BackoffValue ?? type.Retry.Base, options.MaxBackoffValue ?? type.Retry.Cap,
                Refuse),
            UniqueKey = CheckKey(options.UniqueKeyValue, "unique key"),
            Owner = CheckKey(options.OwnerValue, "owner"),
            Tags = CheckTags(options.TagValues),
            ResultTtl = options.ResultTtlValue is { } ttl ? RetryLimits.CheckTtl(ttl, Refuse) : type.ResultTtl,
            ExpiresAt = ExpiresAt(options, type, now, dueAt, Refuse),
            TimeLimit = options.TimeLimitValue is { } limit ? RunLimits.CheckTimeLimit(limit, Refuse) : type.TimeLimit,
            TimeLimitGrace = options.TimeLimitGraceValue is { } grace ? RunLimits.CheckGrace(grace, Refuse) : type.TimeLimitGrace,
            SerialKey = CheckKey(options.SerialKeyValue, "serial key"),
            Limits = options.LimitValues is { } limits ? RunLimits.CheckNames(limits, Refuse) : type.Limits,
            ArgsVersion = type.Version,
            KeepsHistory = KeepsHistory(type),
            TraceParent = Activity.Current?.Id,
        };
    }

    /// <summary>Checks an envelope made elsewhere, such as one out of an outbox.</summary>
    public static void Check(JobEnvelope job)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (!JobNames.IsJob(job.Name))
            throw new ArgumentException($"'{job.Name}' is not a job name; expected {JobNames.JobForm}.", nameof(job));
        CheckQueue(job.Queue);
        CheckPriority(job.Priority);
        RunLimits.CheckNames(job.Limits, problem => new ArgumentException($"The job '{job.Name}' {problem}.", nameof(job)));
        if (job.Args.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"The arguments of '{job.Name}' are {job.Args.ValueKind}; expected a JSON object.", nameof(job));
    }

    /// <exception cref="ArgumentException">It cannot own anything.</exception>
    public static string? CheckOwner(string? owner) => CheckKey(owner, "owner");

    JsonElement Serialize(IJobArgs args, JobType type)
    {
        JsonElement json;
        try
        {
            json = JsonSerializer.SerializeToElement(args, type.Args, JobJson.Options);
        }
        catch (Exception error) when (error is NotSupportedException or JsonException or InvalidOperationException)
        {
            throw new ArgumentException($"The arguments of '{type.Name}' cannot be written as plain JSON: {error.Message}", nameof(args), error);
        }

        var length = JsonMarshal.GetRawUtf8Value(json).Length;
        if (length > _maxPayload)
        {
            throw new ArgumentException(
                $"The arguments of '{type.Name}' take {length:N0} bytes; at most {_maxPayload:N0} are allowed. Store the data and pass its id.", nameof(args));
        }

        return json.ValueKind == JsonValueKind.Object
            ? json
            : throw new ArgumentException($"The arguments of '{type.Name}' are written as {json.ValueKind}; expected a JSON object.", nameof(args));
    }

    bool KeepsHistory(JobType type) => type.KeepsHistory && history is not null;

    static DateTimeOffset? DueAt(JobOptions options, DateTimeOffset now)
    {
        if (options.DueAtValue is { } due)
            return RoundUp(due.ToUniversalTime());
        if (options.DelayValue is not { } delay)
            return null;
        if (delay < TimeSpan.Zero || delay > RetryLimits.Longest)
            throw new ArgumentException($"The delay is {delay}; expected 0 to {RetryLimits.Longest.TotalDays} days.", nameof(options));
        return delay == TimeSpan.Zero ? null : RoundUp(now + delay);
    }

    static DateTimeOffset? ExpiresAt(JobOptions options, JobType type, DateTimeOffset now, DateTimeOffset? dueAt, Func<string, Exception> refuse)
    {
        // A default of the type counts from when the job may start; what one call says counts from the call.
        var expires = options.ExpiresAtValue?.ToUniversalTime()
            ?? (options.ExpiresInValue is { } time ? now + RunLimits.CheckExpiry(time, refuse) : type.ExpiresIn is { } usual ? (dueAt ?? now) + usual : null);
        if (expires is not { } moment)
            return null;
        if (dueAt is { } due && moment <= due)
            throw refuse($"expires at {moment:O}, before it is due at {due:O}; expected a later moment");
        return RoundUp(moment);
    }

    static string CheckQueue(string queue) => JobNames.IsQueue(queue)
        ? queue
        : throw new ArgumentException($"'{queue}' is not a queue name; expected {JobNames.QueueForm}.", nameof(queue));

    static JobPriority CheckPriority(JobPriority priority) => Enum.IsDefined(priority)
        ? priority
        : throw new ArgumentException($"{priority} is not a priority; expected one of {string.Join(", ", Enum.GetNames<JobPriority>())}.", nameof(priority));

    static string? CheckKey(string? key, string what)
    {
        if (key is not null && (string.IsNullOrWhiteSpace(key) || key.Length > LongestKey || key.Any(char.IsControl)))
            throw new ArgumentException($"The {what} must have 1 to {LongestKey} characters and none that are invisible.", nameof(key));
        return key;
    }

    static IReadOnlyList<string> CheckTags(List<string> tags)
    {
        if (tags.Count > MostTags)
            throw new ArgumentException($"A job has {tags.Count} tags; at most {MostTags} are allowed.", nameof(tags));
        if (tags.Find(tag => string.IsNullOrWhiteSpace(tag) || tag.Length > LongestTag || tag.Any(char.IsControl)) is { } bad)
            throw new ArgumentException($"'{bad}' is not a tag; expected 1 to {LongestTag} visible characters.", nameof(tags));
        return tags.Count == 0 ? [] : [.. tags.Distinct()];
    }

    static DateTimeOffset Truncate(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    // Upwards: a job is never early. The very last millisecond of time stays where it is.
    static DateTimeOffset RoundUp(DateTimeOffset moment) =>
        Truncate(moment) is var whole && whole != moment && moment < DateTimeOffset.MaxValue.AddSeconds(-1) ? whole.AddMilliseconds(1) : whole;
}
