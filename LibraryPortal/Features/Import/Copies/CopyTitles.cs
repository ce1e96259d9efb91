using System.Globalization;
using LibraryPortal.Data;
using LibraryPortal.Data.Isbns;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Features.Import.Mapping;
using LibraryPortal.Features.Import.Reading;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Copies;

/// <summary>The titles the rows of one batch speak of: by number, by ISBN, or by name and author, in this order.</summary>
internal sealed class CopyTitles
{
    readonly ColumnMap _map;
    readonly Dictionary<int, Title> _byId = [];
    readonly Dictionary<string, Title> _byIsbn = new(StringComparer.Ordinal);
    readonly ILookup<string, Title> _byName;

    CopyTitles(ColumnMap map, IReadOnlyList<Title> titles)
    {
        _map = map;
        foreach (var title in titles)
        {
            _byId[title.Id] = title;
            if (title.Isbn13 is { } isbn)
                _byIsbn.TryAdd(isbn, title);
        }

        // A title whose main ISBN it is goes before one that also has it.
        foreach (var (title, isbn) in titles.SelectMany(title => title.FurtherIsbns.Select(isbn => (title, isbn))))
            _byIsbn.TryAdd(isbn, title);

        _byName = titles.DistinctBy(title => title.Id).ToLookup(title => title.SortKey, StringComparer.Ordinal);
    }

    public static async Task<CopyTitles> LoadAsync(PortalDbContext database, ColumnMap map, IReadOnlyList<SourceRow> rows, bool isTracked, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => Number(map.First(row.Cells, CopyFields.TitleId))).OfType<int>().Distinct().ToList();
        var isbns = rows.SelectMany(row => map.All(row.Cells, CopyFields.Isbn)).Select(cell => Isbn.TryParsePadded(cell.Value, out var isbn) ? isbn.Thirteen : null)
            .OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var names = rows.Select(row => CellReader.Text(map.First(row.Cells, CopyFields.Name).Value)).OfType<string>().Where(name => name.Length <= Title.MaxName)
            .SelectMany(TitleKey.Candidates).Distinct(StringComparer.Ordinal).ToList();
        var titles = isTracked ? database.Titles : database.Titles.AsNoTracking();
        var further = database.TitlesOfFurther(isbns);
        return new CopyTitles(map, await titles.Where(title => EF.Parameter(ids).Contains(title.Id) || EF.Parameter(isbns).Contains(title.Isbn13!) || further.Contains(title.Id) || EF.Parameter(names).Contains(title.SortKey))
            .OrderBy(title => title.Id).ToListAsync(cancellationToken));
    }

    /// <returns>Null: no title or several, and the reader was told.</returns>
    public Title? Find(SourceRow row, CellReader reader)
    {
        var id = _map.First(row.Cells, CopyFields.TitleId);
        if (CellReader.Text(id.Value) is { } number)
        {
            if (Number(id) is { } known && _byId.TryGetValue(known, out var numbered))
                return numbered;
            reader.Refused(id, "no title of this number", $"'{CellReader.Short(number)}'");
            return null;
        }

        foreach (var cell in _map.All(row.Cells, CopyFields.Isbn))
        {
            if (Isbn.TryParsePadded(cell.Value, out var isbn) && _byIsbn.TryGetValue(isbn.Thirteen, out var held))
                return held;
        }

        return ByName(row, reader);
    }

    Title? ByName(SourceRow row, CellReader reader)
    {
        var cell = _map.First(row.Cells, CopyFields.Name);
        if (CellReader.Text(cell.Value) is not { } name)
        {
            reader.Refused("no title of this ISBN in the catalogue", $"'{CellReader.Short(_map.First(row.Cells, CopyFields.Isbn).Value ?? "")}'");
            return null;
        }

        var author = Folding.Fold(CellReader.Text(_map.First(row.Cells, CopyFields.Author).Value) ?? "");
        var titles = TitleKey.Candidates(name).SelectMany(key => _byName[key]).Distinct()
            .Where(title => author.Length == 0 || title.Authors.Any(one => Folding.Fold(one) is { Length: > 0 } folded && (author.Contains(folded, StringComparison.Ordinal) || folded.Contains(author, StringComparison.Ordinal))))
            .ToList();
        if (titles.Count == 1)
            return titles[0];
        if (titles.Count == 0)
            reader.Refused(cell, "no such title in the catalogue", $"“{CellReader.Short(name)}”");
        else
            reader.Refused(cell, "several titles of this name: tell the ISBN or the author", $"“{CellReader.Short(name)}”");
        return null;
    }

    static int? Number(SourceCell cell) => int.TryParse(CellReader.Text(cell.Value), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
