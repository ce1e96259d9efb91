using LibraryPortal.Domain.Reports;
using LibraryPortal.Tables;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.Reports;

/// <summary>Make the file of this export.</summary>
internal sealed record ExportReport(Guid ExportId) : IJobArgs<ReportFile>;

/// <summary>The receipt of an export.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
internal sealed record ReportFile(Guid ExportId, string FileName, long Rows, long Size, string Sha256);

/// <summary>Streams the rows of an export into a file of this run's own, then records it. However often and wherever it runs, one run's file counts,
/// and the reader is told once.</summary>
[Job(JobName, Queue = "reports", MaxAttempts = 5, ResultTtlSeconds = 7 * 86_400)]
internal sealed class ExportReportJob(RecordExport record, RequestReport report, ReportFiles files, TimeProvider time) : IJobHandler<ExportReport, ReportFile>
{
    public const string JobName = "reports.export";
    const int RowsBetweenReports = 50;

    public async Task<ReportFile> RunAsync(ExportReport args, JobContext job)
    {
        var export = await record.BeginAsync(args.ExportId, job.CancellationToken);
        if (export.State == ExportState.Ready)
            return Finish(export);

        await using var draft = files.Begin(export.Id, ".csv");
        var asOf = time.GetUtcNow();
        var rows = await WriteRowsAsync(export, asOf, draft.Stream, job);
        var receipt = await draft.CompleteAsync(job.CancellationToken);
        var recorded = await record.ReadyAsync(export.Id, receipt, report.FileName(export, asOf), rows, asOf, job.CancellationToken);
        if (recorded.StoredName != receipt.StoredName)
            files.Delete(receipt.StoredName);
        return recorded.State == ExportState.Ready
            ? Finish(recorded)
            : throw new InvalidOperationException($"The export was {recorded.State} while its file was written.");
    }

    async Task<long> WriteRowsAsync(ReportExport export, DateTimeOffset asOf, Stream stream, JobContext job)
    {
        var total = await report.CountAsync(export, job.CancellationToken);
        await job.ReportProgressAsync(0, total, "Writing rows");
        await using var csv = new CsvWriter(stream);
        await csv.WriteRowAsync(RequestReport.Headings, job.CancellationToken);
        var done = 0L;
        await foreach (var row in report.ReadAsync(export, job.CancellationToken))
        {
            await csv.WriteRowAsync(report.Cells(row, asOf), job.CancellationToken);
            if (++done % RowsBetweenReports == 0)
                await job.ReportProgressAsync(done, Math.Max(done, total), "Writing rows");
        }

        await job.ReportProgressAsync(done, done, "Finishing");
        return done;
    }

    // A run that was killed may have named its file and not recorded it, and the one that recorded may have been killed before it came here.
    ReportFile Finish(ReportExport export)
    {
        files.KeepOnly(export.Id, export.StoredName!);
        return new(export.Id, export.FileName!, export.Rows.GetValueOrDefault(), export.Size.GetValueOrDefault(), export.Sha256!);
    }
}
