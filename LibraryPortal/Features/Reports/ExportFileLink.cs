using LibraryPortal.Api;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.Reports;

/// <summary>Where the file of a finished export job can be had.</summary>
internal sealed class ExportFileLink : IJobResultLink
{
    /// <summary>Below <c>/api</c>.</summary>
    public const string ApiPattern = "/exports/{id:guid}/file";

    public string JobName => ExportReportJob.JobName;

    public string LinkTo(JobRecord job) => $"/api/exports/{job.ReadResult<ReportFile>().ExportId}/file";
}
