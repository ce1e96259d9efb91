using System.Text.Json.Serialization;
using LibraryPortal.Domain.Notices;

namespace LibraryPortal.Live.Hub;

/// <summary>What clients of the hub are told. Names of methods and members are a contract.</summary>
internal static class HubMessages
{
    /// <summary>A <see cref="NoticeMessage"/> for this user. After an outage it may come twice; the id tells.</summary>
    public const string Notice = "notice";

    /// <summary>A <see cref="JobMessage"/>: a job of this user changed or made progress. A hint: GET /api/jobs/{id} has the truth.</summary>
    public const string Job = "job";
}

/// <param name="Link">Below <c>/api</c>: where the thing can be had; null where there is nothing to fetch.</param>
internal sealed record NoticeMessage(
    Guid Id, string Kind, string Text, string? Link, [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt)
{
    public static NoticeMessage From(Notice notice) => new(notice.Id, notice.Kind.ToString(), notice.Text, notice.ApiLink, notice.CreatedAt);
}

internal sealed record JobMessage([property: JsonPropertyName("job_id")] string JobId, string Name, string State, long? Done, long? Total, int? Percent)
{
    public static JobMessage From(JobChanged job) =>
        new(job.Id.ToString(), job.Name, job.State.ToString(), job.Progress?.Done, job.Progress?.Total, job.Progress?.Percent);
}
