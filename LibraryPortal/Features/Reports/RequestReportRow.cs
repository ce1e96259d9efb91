using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Reports;

/// <summary>One request as the report shows it.</summary>
internal sealed record RequestReportRow
{
    public required long Number { get; init; }
    public required string Title { get; init; }
    public IReadOnlyList<string>? Authors { get; init; }
    public string? Isbn { get; init; }
    public required RequestState State { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public DateTimeOffset? CollectedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? ReturnedAt { get; init; }
    public int? Renewals { get; init; }
    public string? Note { get; init; }
}
