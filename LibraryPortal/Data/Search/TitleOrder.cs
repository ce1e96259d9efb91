using System.Data.Common;

namespace LibraryPortal.Data.Search;

/// <summary>Lists titles in an order other than how well they fit.</summary>
internal static class TitleOrder
{
    /// <summary>Up to this many matches are remembered while the sorted list is read; beyond, every tenth title matches and asking for each is cheaper.</summary>
    const int MostRemembered = 100_000;

    /// <summary>Sorts what was read.</summary>
    public static IEnumerable<int> Sort(IEnumerable<SearchRow> rows, TitleSort sort) => (sort switch
    {
        TitleSort.Newest => rows.OrderByDescending(row => row.Id),
        TitleSort.Year => rows.OrderByDescending(row => row.Year).ThenBy(row => row.Key, StringComparer.Ordinal).ThenBy(row => row.Id),
        TitleSort.Requested => rows.OrderByDescending(row => row.Requests).ThenBy(row => row.Id),
        TitleSort.Relevance or TitleSort.Title or TitleSort.Author => rows.OrderBy(row => row.Key, StringComparer.Ordinal).ThenBy(row => row.Id),
    }).Select(row => row.Id);

    /// <summary>Walks down a sorted index and picks what is in the scope: for scopes too large to be sorted.</summary>
    public static List<int> Walk(SearchReader reader, SearchScope scope, TitleSort sort, int skip, int take)
    {
        List<int> found = [];
        using var membership = new Membership(reader, scope.Match);
        foreach (var sql in Indexes(sort))
        {
            reader.Visit(sql, row =>
            {
                if ((!scope.IsAvailable || row.GetInt32(1) > 0) && membership.Has(row.GetInt32(0)) && skip-- <= 0)
                    found.Add(row.GetInt32(0));
                return found.Count < take;
            });
            if (found.Count >= take)
                break;
        }

        return found;
    }

    static IEnumerable<string> Indexes(TitleSort sort)
    {
        const string By = "SELECT t.Id, f.Free FROM Titles t CROSS JOIN TitleFacts f ON f.TitleId = t.Id ORDER BY";
        return sort switch
        {
            TitleSort.Relevance or TitleSort.Title => [$"{By} t.SortKey, t.Id"],
            TitleSort.Author => [$"{By} t.AuthorKey, t.SortKey, t.Id"],
            TitleSort.Year => [$"{By} t.Year DESC, t.SortKey, t.Id"],
            TitleSort.Newest => ["SELECT TitleId, Free FROM TitleFacts ORDER BY TitleId DESC"],
            TitleSort.Requested =>
            [
                "SELECT TitleId, Free FROM TitleFacts WHERE Requests > 0 ORDER BY Requests DESC, TitleId",
                "SELECT TitleId, Free FROM TitleFacts WHERE Requests <= 0 ORDER BY TitleId",
            ],
        };
    }

    /// <summary>Whether a title matches.</summary>
    sealed class Membership : IDisposable
    {
        readonly HashSet<int>? _remembered;
        readonly DbCommand? _probe;

        public Membership(SearchReader reader, string? match)
        {
            if (match is null)
                return;
            var ids = reader.List($"SELECT rowid FROM TitleSearch WHERE TitleSearch MATCH $match LIMIT {MostRemembered + 1}", row => row.GetInt32(0), ("$match", match));
            if (ids.Count <= MostRemembered)
                _remembered = [.. ids];
            else
                _probe = reader.Command("SELECT 1 FROM TitleSearch WHERE TitleSearch MATCH $match AND rowid = $id", [("$match", match), ("$id", 0)]);
        }

        public bool Has(int id)
        {
            if (_probe is null)
                return _remembered?.Contains(id) ?? true;
            _probe.Parameters["$id"].Value = id;
            return _probe.ExecuteScalar() is not null;
        }

        public void Dispose() => _probe?.Dispose();
    }
}
