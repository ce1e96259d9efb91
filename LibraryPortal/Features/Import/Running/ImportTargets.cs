using LibraryPortal.Data.Imports;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Copies;
using LibraryPortal.Features.Import.Mapping;
using LibraryPortal.Features.Import.Patrons;
using LibraryPortal.Features.Import.Reading;
using LibraryPortal.Features.Import.Titles;

namespace LibraryPortal.Features.Import.Running;

/// <summary>Makes the target of an import.</summary>
internal static class ImportTargets
{
    /// <param name="seen">In a check: its memory.</param>
    /// <param name="invitation">Null where no mail is sent.</param>
    public static IImportTarget For(ImportBatch batch, SeenRows? seen, PatronInvitation? invitation, DateTimeOffset now)
    {
        var map = new ColumnMap(batch.Heading, batch.Mapping);
        return batch.Kind switch
        {
            ImportKind.Titles when batch.Format == ImportFormat.Csv => Table(new ReadBook(map, batch.CopiesPerTitle, batch.Shelf)),
            ImportKind.Titles => Records(new ReadMarcBook(batch.CopiesPerTitle, batch.Shelf)),
            ImportKind.Copies => new CopyTarget(map, batch.Shelf, batch.Id, seen),
            ImportKind.Patrons => new PatronTarget(map, batch, seen, invitation, now),
        };

        IImportTarget Table(ReadBook book) => new TitleTarget((row, findings) => book.Read(row.Cells, new CellReader(row.Number, findings)), batch.Id, seen, now);

        IImportTarget Records(ReadMarcBook book) => new TitleTarget((row, findings) => book.Read(row.Number, row.Marc!, findings), batch.Id, seen, now);
    }
}
