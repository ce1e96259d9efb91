using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Features.Import.Reading;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import;

/// <summary>All that the page of an import shows.</summary>
/// <param name="Head">The beginning of a table that is still to be checked; null otherwise.</param>
/// <param name="SameFile">An earlier import of the very same file.</param>
/// <param name="Progress">Of the job at work; null before its first report.</param>
internal sealed record ImportView(ImportBatch Batch, CsvHead? Head, ImportBatch? SameFile, JobProgress? Progress);

/// <summary>Reads one import and what was found in its file.</summary>
internal sealed class ViewImport(IDbContextFactory<PortalDbContext> databases, ImportFiles files, IJobClient jobs, IJobStoreStatus store)
{
    public const int PageSize = 50;

    public async Task<Outcome<ImportView>> RunAsync(Caller caller, int importId, CancellationToken cancellationToken = default)
    {
        if (ImportRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await database.Imports.AsNoTracking().FirstOrDefaultAsync(import => import.Id == importId, cancellationToken);
        if (batch is null)
            return ImportRefusals.NotFound;
        var same = batch.Sha256 is null ? null : await database.Imports.AsNoTracking()
            .Where(import => import.Sha256 == batch.Sha256 && import.Id < importId && import.Kind == batch.Kind && (import.State == ImportState.Done || import.State == ImportState.Stopped))
            .OrderByDescending(import => import.Id).FirstOrDefaultAsync(cancellationToken);
        return new ImportView(batch, Head(batch), same, batch is { IsActive: true, JobId: { } job } ? await ProgressAsync(new JobId(job), cancellationToken) : null);
    }

    /// <summary>One page of what was found: by the check or the import, and after an undo what it had to leave.</summary>
    /// <param name="kind">Only these; null for all.</param>
    public async Task<Paged<Finding>> PageAsync(ImportBatch batch, FindingKind? kind, int page, CancellationToken cancellationToken = default) =>
        await FindingReader.PageAsync(PathOf(batch), kind, page, PageSize, cancellationToken);

    /// <summary>False once the time of what was found is over.</summary>
    public bool AreFindingsKept(ImportBatch batch) => File.Exists(PathOf(batch));

    /// <returns>The file of all findings and the name to download it under.</returns>
    public async Task<Outcome<(string Path, string Name)>> FindingsAsync(Caller caller, int importId, CancellationToken cancellationToken = default)
    {
        var viewed = await RunAsync(caller, importId, cancellationToken);
        return viewed.IsAllowed ? (PathOf(viewed.Value.Batch), $"import-{importId}-findings.csv") : viewed.Refusal;
    }

    string PathOf(ImportBatch batch) => batch.IsTakenOut ? files.Kept(batch.Id) : files.Findings(batch.Id);

    CsvHead? Head(ImportBatch batch)
    {
        if (batch is not { Format: ImportFormat.Csv, State: ImportState.Uploaded, StoredName: { } stored })
            return null;
        var head = new CsvFile(files.PathOf(stored), batch.FileName, batch.Encoding is { } name ? TextEncodings.Find(name) : null, batch.Delimiter).ReadHead();
        return head.IsAllowed ? head.Value : null;
    }

    async Task<JobProgress?> ProgressAsync(JobId id, CancellationToken cancellationToken)
    {
        if (store.Outage is not null)
            return null;
        try
        {
            return (await jobs.FindAsync(id, cancellationToken))?.Progress;
        }
        catch (JobStoreUnavailableException)
        {
            // The row is the truth; the job only adds how far it is.
            return null;
        }
    }
}
