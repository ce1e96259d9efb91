using System.Text.Json;
using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Ended jobs such as a library has, spread evenly over 90 days; the same for the same number.</summary>
internal static class EndedJobs
{
    /// <summary>When the first of them ended.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 8, 24, 0, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Span = TimeSpan.FromDays(90);

    /// <summary>The tag of one job in 10,000.</summary>
    public const string RareTag = "audit-2026";

    /// <summary>The tag of one job in 25.</summary>
    public const string CommonTag = "urgent";

    const int Owners = 2_000;
    const int Workers = 12;

    static readonly string[] Subjects = ["Your loan is due", "Ready to collect", "Your request was declined", "Your report is ready", "Reset your password", "A book you asked for has come"];
    static readonly string[] Errors =
    [
        "SmtpException: The server mail.library.example timed out after 30 seconds.", "IOException: No space left on device.",
        "DbUpdateException: The database is locked.", "HttpRequestException: Connection refused (catalogue.example:443).",
    ];

    /// <summary>One of 2,000 readers; the first have more jobs than the last.</summary>
    public static string OwnerOf(int number) => $"0f8fad5b-d9cb-469f-a165-{number:D12}";

    public static string WorkerOf(int number) => $"worker-{number:D2}-4711-9f3ab2c1";

    public static JobRecord Make(int number, int of, Random random)
    {
        var name = NameOf(random.Next(1_000));
        var state = StateOf(random.Next(1_000));
        var ended = Begin + (Span * (number / (double)of));
        var took = TimeSpan.FromMilliseconds(Math.Exp(2 + (random.NextDouble() * random.NextDouble() * 11)));
        var started = ended - took;
        return new JobRecord
        {
            Envelope = new JobEnvelope
            {
                Id = JobId.New(started), Name = name, Queue = name[..name.IndexOf('.', StringComparison.Ordinal)], Priority = JobPriority.Normal, KeepsHistory = true,
                Owner = OwnerOf((int)(Owners * random.NextDouble() * random.NextDouble())), Tags = TagsOf(random), EnqueuedAt = started.AddSeconds(-1),
                Args = JsonSerializer.SerializeToElement(new { mailId = new Guid(number, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8), subject = Subjects[random.Next(Subjects.Length)], copy = $"C{number:D7}" }),
                Retry = new RetryPolicy(5, TimeSpan.FromSeconds(2), TimeSpan.FromHours(1)), ResultTtl = TimeSpan.FromDays(1),
            },
            State = state,
            Attempt = state == JobState.Failed ? 5 : 1,
            Error = state is JobState.Failed or JobState.Quarantined ? Errors[random.Next(Errors.Length)] : null,
            Worker = state is JobState.Expired ? null : WorkerOf(random.Next(Workers)),
            StartedAt = state is JobState.Expired ? null : started,
            FinishedAt = ended,
        };
    }

    static string NameOf(int lot) => lot switch { < 620 => "mail.send", < 820 => "loans.remind", < 930 => "labels.print", < 985 => "reports.export", < 999 => "imports.run", _ => "circulation.nightly" };

    static JobState StateOf(int lot) => lot switch { < 960 => JobState.Succeeded, < 985 => JobState.Failed, < 995 => JobState.Cancelled, < 999 => JobState.Expired, _ => JobState.Quarantined };

    static string[] TagsOf(Random random) => random.Next(10_000) switch { 0 => [RareTag], < 400 => [CommonTag], < 3_000 => ["by-schedule"], _ => [] };
}
