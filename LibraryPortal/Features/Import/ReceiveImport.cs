using System.Security.Cryptography;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Mapping;
using LibraryPortal.Features.Import.Reading;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Features.Import;

/// <summary>Takes in a file: keeps it, finds out how it is written, and proposes what its columns hold, as they were told for the last file with the same columns.</summary>
internal sealed class ReceiveImport(
    IDbContextFactory<PortalDbContext> databases, ImportFiles files, StartImport start, IOptions<ImportOptions> options, ILiveBoard board, TimeProvider clock)
{
    /// <returns>The number of the import, or why the file cannot be one.</returns>
    public async Task<Outcome<int>> RunAsync(Caller caller, ImportKind kind, string fileName, Stream content, CancellationToken cancellationToken = default)
    {
        if (ImportRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        var name = Path.GetFileName(fileName.Replace('\\', '/')) is { Length: > 0 } given ? given : "file";
        var stored = ImportFiles.NewName();
        var isKept = false;
        try
        {
            var (size, hash) = await StoreAsync(content, files.PathOf(stored), cancellationToken);
            if (size > options.Value.MaxBytes)
                return TooLarge(options.Value);
            if (size == 0)
                return ImportRefusals.File(name, "is empty");
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var described = await DescribeAsync(database, caller, kind, name, stored, size, hash, cancellationToken);
            if (!described.IsAllowed)
                return described.Refusal;
            database.Imports.Add(described.Value);
            await database.SaveChangesAsync(cancellationToken);
            isKept = true;
            board.Publish(new ImportChanged(described.Value.Id));
            // There is nothing to tell about the columns of MARC.
            if (described.Value.Format != ImportFormat.Csv)
                await start.RunAsync(caller, described.Value.Id, ImportStep.Check, cancellationToken);
            return described.Value.Id;
        }
        finally
        {
            if (!isKept)
                files.Delete(stored);
        }
    }

    public static Refusal TooLarge(ImportOptions options) =>
        new(RefusalKind.Invalid, $"The file is larger than {options.MaxMegabytes} MB, the most that can be uploaded. Import it by command line, or in parts.", "import-size", Number: options.MaxMegabytes);

    async Task<Outcome<ImportBatch>> DescribeAsync(
        PortalDbContext database, Caller caller, ImportKind kind, string name, string stored, long size, string hash, CancellationToken cancellationToken)
    {
        var path = files.PathOf(stored);
        var marc = await MarcRows.DetectAsync(path, cancellationToken);
        if (marc is not null && kind != ImportKind.Titles)
            return ImportRefusals.File(name, "holds MARC records, which are books; expected a table");
        var user = await database.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == caller.UserId, cancellationToken);
        var batch = new ImportBatch
        {
            Kind = kind,
            Format = marc ?? ImportFormat.Csv,
            FileName = name.Length > ImportBatch.MaxFileName ? name[^ImportBatch.MaxFileName..] : name,
            StoredName = stored,
            Size = size,
            Sha256 = hash,
            State = ImportState.Uploaded,
            CreatedById = caller.UserId,
            CreatedByName = user is null ? "?" : user.DisplayName.Length > 0 ? user.DisplayName : user.UserName!,
            CreatedAt = clock.GetUtcNow(),
        };
        if (marc is not null)
            return batch;
        batch.Encoding = await TextEncodings.GuessAsync(path, cancellationToken);
        return await ReadColumnsAsync(database, batch, path, cancellationToken) is { } fault ? fault : batch;
    }

    static async Task<Refusal?> ReadColumnsAsync(PortalDbContext database, ImportBatch batch, string path, CancellationToken cancellationToken)
    {
        var head = new CsvFile(path, batch.FileName, batch.Encoding is { } name ? TextEncodings.Find(name) : null).ReadHead();
        if (!head.IsAllowed)
            return head.Refusal;
        batch.Delimiter = head.Value.Delimiter;
        batch.Heading = head.Value.Heading;
        batch.HeadingKey = head.Value.Key;
        var last = await database.Imports.AsNoTracking()
            .Where(import => import.HeadingKey == batch.HeadingKey && import.Kind == batch.Kind && import.State != ImportState.Uploaded)
            .OrderByDescending(import => import.Id).FirstOrDefaultAsync(cancellationToken);
        batch.Mapping = last?.Mapping is { Count: > 0 } told && told.Count == batch.Heading.Count ? told : ImportFields.Guess(batch.Kind, batch.Heading);
        if (last is not null)
            (batch.CopiesPerTitle, batch.Shelf, batch.Invites) = (last.CopiesPerTitle, last.Shelf, last.Invites);
        return null;
    }

    // Stops just beyond the limit, whatever the sender says the size is.
    async Task<(long Size, string Hash)> StoreAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        var writing = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            writing.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, writing);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        long size = 0;
        while (size <= options.Value.MaxBytes && await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            size += read;
        }

        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
