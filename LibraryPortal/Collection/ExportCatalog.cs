using System.Globalization;
using System.Runtime.CompilerServices;
using LibraryPortal.Data;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Catalog.Marc;
using LibraryPortal.Domain.Catalog.Marc.Mapping;
using LibraryPortal.Domain.Catalog.Records;
using LibraryPortal.Tables;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Collection;

/// <summary>Writes all titles of the catalogue, one after the other; memory does not grow with them. What it writes, the import reads back.</summary>
internal sealed class ExportCatalog(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Titles read at a time.</summary>
    const int Batch = 500;

    static readonly TableCell[] Heading =
    [
        .. new[]
        {
            "title", "subtitle", "original title", "series", "authors", "contributors", "year", "isbn", "language", "subjects", "description", "edition", "publisher",
            "place", "edition year", "extent", "title in its own script", "author in their own script", "links", "copies", "barcodes", "shelf",
        }.Select(TableCell.Text),
    ];

    /// <param name="progress">Told how many titles are written, after each batch.</param>
    /// <returns>How many titles were written.</returns>
    public async Task<int> RunAsync(Stream stream, CatalogFormat format, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var done = 0;
        if (format == CatalogFormat.MarcXml)
        {
            await using var marc = new MarcXmlWriter(stream);
            await foreach (var title in TitlesAsync(cancellationToken))
            {
                await marc.WriteAsync(RecordToMarc.Map(TitleDescription.ToRecord(title.Details, title.Id.ToString(CultureInfo.InvariantCulture)), title.AddedAt));
                if (++done % Batch == 0)
                    progress?.Invoke(done);
            }
        }
        else
        {
            await using var csv = new CsvWriter(stream);
            await csv.WriteRowAsync(Heading, cancellationToken);
            await foreach (var title in TitlesAsync(cancellationToken))
            {
                await csv.WriteRowAsync(Row(title), cancellationToken);
                if (++done % Batch == 0)
                    progress?.Invoke(done);
            }
        }

        progress?.Invoke(done);
        return done;
    }

    async IAsyncEnumerable<Title> TitlesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0;
        while (true)
        {
            // A batch per read: one long read would keep the log of the database from being emptied.
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var titles = await database.Titles.AsNoTracking().Include(title => title.Copies).Where(title => title.Id > last)
                .OrderBy(title => title.Id).Take(Batch).AsSplitQuery().ToListAsync(cancellationToken);
            foreach (var title in titles)
                yield return title;
            if (titles.Count < Batch)
                yield break;
            last = titles[^1].Id;
        }
    }

    static TableCell[] Row(Title title)
    {
        var copies = title.Copies.Where(copy => copy.State != CopyState.Withdrawn).OrderBy(copy => copy.Barcode, StringComparer.Ordinal).ToList();
        var shelves = copies.Select(copy => copy.Shelf ?? "").ToList();
        var contributors = title.Names.Where(name => !title.Authors.Contains(name.Name, StringComparer.Ordinal)).Select(name => name.Role is { } role ? $"{name.Name} ({role})" : name.Name);
        return
        [
            TableCell.Text(title.Name), TableCell.Text(title.Subtitle), TableCell.Text(title.OriginalName), TableCell.Text(string.Join(" | ", title.Details.AllSeries())), List(title.Authors), List(contributors),
            Number(title.Year), List(title.AllIsbns()), TableCell.Text(title.Language), List(title.Subjects), TableCell.Text(title.Description), TableCell.Text(title.Edition),
            TableCell.Text(title.Publisher), TableCell.Text(title.PublicationPlace), Number(title.EditionYear), TableCell.Text(title.Extent), TableCell.Text(title.ScriptName),
            TableCell.Text(title.ScriptAuthor), TableCell.Text(string.Join(" | ", title.Links.Select(link => $"{link.Address.AbsoluteUri} {link.Label}".TrimEnd()))),
            TableCell.Number(copies.Count), List(copies.Select(copy => copy.Barcode)),
            TableCell.Text(shelves.Distinct(StringComparer.Ordinal).Count() <= 1 ? shelves.FirstOrDefault() : string.Join("; ", shelves)),
        ];
    }

    static TableCell List(IEnumerable<string> words) => TableCell.Text(string.Join("; ", words));

    static TableCell Number(int? value) => value is { } number ? TableCell.Number(number) : TableCell.Text(null);
}
