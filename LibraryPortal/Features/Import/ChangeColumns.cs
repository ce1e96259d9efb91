using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Mapping;
using LibraryPortal.Features.Import.Reading;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import;

/// <summary>How a table is to be read.</summary>
/// <param name="Encoding">Null: UTF-8 or what a byte order mark says.</param>
/// <param name="Mapping">For each column the key of what it holds; empty: not read.</param>
internal sealed record ColumnChoice(string? Encoding, string? Delimiter, IReadOnlyList<string> Mapping, int CopiesPerTitle, string? Shelf, bool Invites);

/// <summary>Tells what the columns of an uploaded file hold, before anything is written. Another encoding or separator finds the columns anew.</summary>
internal sealed class ChangeColumns(IDbContextFactory<PortalDbContext> databases, ImportFiles files, ILiveBoard board)
{
    static readonly ImportState[] Before = [ImportState.Uploaded, ImportState.Checked];

    public async Task<Outcome<int>> RunAsync(Caller caller, int importId, ColumnChoice choice, CancellationToken cancellationToken = default)
    {
        if (ImportRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await database.Imports.FirstOrDefaultAsync(import => import.Id == importId, cancellationToken);
        if (batch is null)
            return ImportRefusals.NotFound;
        if (!Before.Contains(batch.State) || batch.StoredName is null)
            return new Refusal(RefusalKind.Conflict, "The columns can be told only before the file is imported.", "import-state");
        if (choice.CopiesPerTitle is < 0 or > 99)
            return new Refusal(RefusalKind.Invalid, "The number of copies is from 0 to 99.", "import-copies");
        if (choice.Shelf?.Trim().Length > Copy.MaxShelf)
            return new Refusal(RefusalKind.Invalid, $"A shelf has at most {Copy.MaxShelf} characters.", "import-shelf");
        if (Apply(batch, choice) is { } fault)
            return fault;
        (batch.CopiesPerTitle, batch.Shelf, batch.Invites) = (choice.CopiesPerTitle, choice.Shelf?.Trim() is { Length: > 0 } shelf ? shelf : null, choice.Invites);
        (batch.State, batch.Error) = (ImportState.Uploaded, null);
        await database.SaveChangesAsync(cancellationToken);
        board.Publish(new ImportChanged(importId));
        return importId;
    }

    Refusal? Apply(ImportBatch batch, ColumnChoice choice)
    {
        if (batch.Format != ImportFormat.Csv)
            return null;
        var encoding = choice.Encoding is { } name ? TextEncodings.Find(name) : null;
        if (choice.Encoding is not null && encoding is null)
            return new Refusal(RefusalKind.Invalid, $"'{choice.Encoding}' is no encoding; expected one such as utf-8 or windows-1252.", "import-encoding");
        if (choice.Delimiter is not null && CsvFile.Delimiters.All(known => known.Sign != choice.Delimiter))
            return new Refusal(RefusalKind.Invalid, "Cells are separated by a comma, a semicolon, a tab or a bar.", "import-delimiter");
        if (choice.Encoding != batch.Encoding || choice.Delimiter != batch.Delimiter)
        {
            var head = new CsvFile(files.PathOf(batch.StoredName!), batch.FileName, encoding, choice.Delimiter).ReadHead();
            if (!head.IsAllowed)
                return head.Refusal;
            (batch.Encoding, batch.Delimiter, batch.Heading, batch.HeadingKey) = (choice.Encoding, head.Value.Delimiter, head.Value.Heading, head.Value.Key);
            batch.Mapping = ImportFields.Guess(batch.Kind, batch.Heading);
            return null;
        }

        var known = ImportFields.Of(batch.Kind).Select(field => field.Key).Append("").ToHashSet(StringComparer.Ordinal);
        if (choice.Mapping.Count != batch.Heading.Count || !choice.Mapping.All(known.Contains))
            return new Refusal(RefusalKind.Invalid, "The columns do not fit the file. Reload the page.", "import-columns");
        batch.Mapping = [.. choice.Mapping];
        return null;
    }
}
