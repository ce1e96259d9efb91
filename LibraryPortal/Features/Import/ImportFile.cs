using System.Text;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Mapping;
using LibraryPortal.Features.Import.Reading;
using LibraryPortal.Features.Import.Running;
using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import;

/// <summary>Brings a file of this machine into the library at once: what the command line does. It stands in the list of imports like an uploaded one and can be undone there.</summary>
internal sealed class ImportFile(IDbContextFactory<PortalDbContext> databases, RunRows rows, ImportFiles files, IJobClient jobs, TimeProvider clock)
{
    /// <summary>Who the list of imports names.</summary>
    internal static readonly AuditActor Operator = new(null, "Command line");

    /// <param name="encoding">Null: UTF-8, or what a byte order mark says.</param>
    /// <param name="isRehearsal">True changes nothing and only reports.</param>
    /// <param name="progress">Told rows done and rows in all, after each batch.</param>
    public async Task<Outcome<ImportReport>> RunAsync(
        string path, ImportKind kind, Encoding? encoding, bool isRehearsal, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        var described = await DescribeAsync(path, kind, encoding, cancellationToken);
        if (!described.IsAllowed)
            return described.Refusal;
        var batch = described.Value;
        var source = new ImportSource(batch, path);
        var counted = await source.CountAsync(cancellationToken);
        if (!counted.IsAllowed)
            return counted.Refusal;
        var total = counted.Value;
        var findings = files.Temporary();
        Task Tell(int done)
        {
            progress?.Invoke(done, total);
            return Task.CompletedTask;
        }

        if (isRehearsal)
            return new ImportReport(kind, true, total, await rows.CheckAsync(batch, source, findings, Tell, cancellationToken), findings);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // Counting a large file takes minutes, in which nobody could see that it lives.
        (batch.Rows, batch.AliveAt) = (total, clock.GetUtcNow());
        database.Imports.Add(batch);
        await database.SaveChangesAsync(cancellationToken);
        database.RecordStart(batch, Operator, batch.CreatedAt);
        await database.SaveChangesAsync(cancellationToken);
        return await ImportAsync(database, batch, source, findings, Tell, cancellationToken);
    }

    async Task<Outcome<ImportReport>> ImportAsync(
        PortalDbContext database, ImportBatch batch, ImportSource source, string findings, Func<int, Task> progress, CancellationToken cancellationToken)
    {
        var ended = ImportState.Stopped;
        try
        {
            if (!await rows.ImportAsync(batch, source, findings, progress, cancellationToken))
                return new Refusal(RefusalKind.Conflict, "The import was stopped by somebody else.", "import-stopped");
            ended = ImportState.Done;
        }
        finally
        {
            // Also when it ends by a fault or by Ctrl-C: what is in the library must be in the list.
            await EndAsync(database, batch, ended);
        }

        File.Copy(findings, files.Findings(batch.Id), overwrite: true);
        return new ImportReport(batch.Kind, false, batch.RowsDone, batch.Counts, findings);
    }

    async Task EndAsync(PortalDbContext database, ImportBatch batch, ImportState ended)
    {
        await using var transaction = await database.Database.BeginTransactionAsync();
        await database.Entry(batch).ReloadAsync();
        if (batch.State != ImportState.Importing)
            return;
        (batch.State, batch.FinishedAt) = (ended, clock.GetUtcNow());
        database.RecordEnd(batch, Operator, clock.GetUtcNow());
        database.MatchOnSave(jobs, batch);
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    async Task<Outcome<ImportBatch>> DescribeAsync(string path, ImportKind kind, Encoding? encoding, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
            return ImportRefusals.File(path, "is a folder; expected a CSV file");
        if (!File.Exists(path))
            return ImportRefusals.File(path, "does not exist");
        try
        {
            var format = kind == ImportKind.Titles && encoding is null ? await MarcRows.DetectAsync(path, cancellationToken) : null;
            return format is { } marc ? Batch(path, kind, marc) : DescribeTable(path, kind, encoding);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ImportRefusals.File(path, $"cannot be read: {error.Message}");
        }
    }

    Outcome<ImportBatch> DescribeTable(string path, ImportKind kind, Encoding? encoding)
    {
        var head = new CsvFile(path, path, encoding).ReadHead();
        if (!head.IsAllowed)
            return head.Refusal;
        var batch = Batch(path, kind, ImportFormat.Csv);
        batch.Encoding = encoding?.WebName;
        batch.Delimiter = head.Value.Delimiter;
        batch.Heading = head.Value.Heading;
        batch.HeadingKey = head.Value.Key;
        batch.Mapping = ImportFields.Guess(kind, batch.Heading);
        return ImportFields.Check(kind, batch.Mapping) is null
            ? batch
            : ImportRefusals.File(path, $"{Lacks(kind)}; its first row {Sample(batch.Heading)}");
    }

    ImportBatch Batch(string path, ImportKind kind, ImportFormat format)
    {
        var name = Path.GetFileName(path);
        var now = clock.GetUtcNow();
        return new ImportBatch
        {
            Kind = kind,
            Format = format,
            FileName = name.Length > ImportBatch.MaxFileName ? name[..ImportBatch.MaxFileName] : name,
            Size = new FileInfo(path).Length,
            State = ImportState.Importing,
            CreatedByName = Operator.Name,
            CreatedAt = now,
            StartedAt = now,
            AliveAt = now,
        };
    }

    static string Lacks(ImportKind kind) => kind switch
    {
        ImportKind.Titles => "has no column called 'title', so it is not a list of books",
        ImportKind.Copies => "has no columns called 'barcode' and 'isbn' or 'title', so it is not a list of copies",
        ImportKind.Patrons => "has no column called 'name', so it is not a list of readers",
    };

    static string Sample(IReadOnlyList<string> heading)
    {
        var cells = heading.Take(8).Select(cell => CellReader.Text(cell) ?? "").Select(cell => cell.Length > 30 ? $"{cell[..30]}…" : cell);
        return heading.All(string.IsNullOrWhiteSpace) ? "is empty" : $"is: {string.Join(", ", cells)}{(heading.Count > 8 ? ", …" : "")}";
    }
}
