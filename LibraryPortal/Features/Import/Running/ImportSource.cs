using LibraryPortal.Domain;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Reading;

namespace LibraryPortal.Features.Import.Running;

/// <summary>The rows of the file of an import, by its format.</summary>
/// <param name="path">Where the file is.</param>
internal sealed class ImportSource(ImportBatch batch, string path)
{
    readonly CsvFile? _table = batch.Format == ImportFormat.Csv
        ? new CsvFile(path, batch.FileName, batch.Encoding is { } name ? TextEncodings.Find(name) : null, batch.Delimiter)
        : null;

    /// <summary>Reads the whole file once without keeping it.</summary>
    /// <returns>How many rows it has, or why it cannot be read to its end.</returns>
    public async Task<Outcome<int>> CountAsync(CancellationToken cancellationToken)
    {
        if (_table is not null)
            return _table.Count(cancellationToken);
        var rows = 0;
        await foreach (var _ in MarcRows.ReadAsync(path, batch.Format, cancellationToken))
            rows++;
        return rows;
    }

    public IAsyncEnumerable<SourceRow> ReadAsync(CancellationToken cancellationToken) =>
        _table is not null ? _table.ReadAsync(cancellationToken) : MarcRows.ReadAsync(path, batch.Format, cancellationToken);
}
