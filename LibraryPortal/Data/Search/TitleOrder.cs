using System.Collections;
using System.Data.Common;
using System.Globalization;

namespace LibraryPortal.Data.Search;

/// <summary>Lists titles in an order other than how well they fit.</summary>
internal static class TitleOrder
{
    /// <summary>Of a larger scope every tenth title of a million is one.</summary>
    const int MostCounted = 100_000;

    /// <summary>What asking the index whether one title matches costs, counted in titles of a list of all that match.</summary>
    const int ProbeCost = 250;

    /// <summary>One page of a scope that matches something.</summary>
    /// <param name="all">Titles there are.</param>
    public static List<int> Page(SearchReader reader, FoundScope found, TitleSort sort, int skip, int take, int all)
    {
        if (!found.HasMore)
            return Sort(reader, found, sort, skip, take);
        var scope = found.Scope;
        var count = scope.Count(reader, MostCounted);
        // Titles of the sorted catalogue that are passed on the way to the end of the page, if what matches is spread evenly.
        var passed = (long)(skip + take) * all / count;
        return count < MostCounted && passed > count
            ? Sort(reader, found, sort, skip, take)
            : Walk(reader, scope, sort, skip, take, remembers: passed * ProbeCost > count);
    }

    /// <summary>One page of the whole catalogue, or of what of it is on the shelf.</summary>
    public static List<int> All(SearchReader reader, bool isAvailable, TitleSort sort, int skip, int take) =>
        Walk(reader, new SearchScope(null, isAvailable), sort, skip, take, remembers: false);

    static List<int> Sort(SearchReader reader, FoundScope found, TitleSort sort, int skip, int take) => reader.List(
        $"""
        SELECT f.TitleId FROM ({found.Query}) m CROSS JOIN TitleFacts f ON f.TitleId = m.Id
        ORDER BY {Order(sort)} LIMIT $take OFFSET $skip
        """,
        row => row.GetInt32(0), found.Parameter, ("$take", take), ("$skip", skip));

    static string Order(TitleSort sort) => sort switch
    {
        TitleSort.Relevance or TitleSort.Title => "f.TitleKey, f.TitleId",
        TitleSort.Author => "f.AuthorKey, f.TitleKey, f.TitleId",
        TitleSort.Year => "f.Year DESC, f.TitleKey, f.TitleId",
        TitleSort.Newest => "f.TitleId DESC",
        TitleSort.Requested => "f.Requests DESC, f.TitleId",
    };

    /// <summary>Walks down a sorted index and picks what is in the scope: for scopes too large to be sorted.</summary>
    internal static List<int> Walk(SearchReader reader, SearchScope scope, TitleSort sort, int skip, int take, bool remembers)
    {
        List<int> found = [];
        using var membership = new Membership(reader, scope, remembers);
        foreach (var sql in Indexes(sort, scope is { Match: null, IsAvailable: true }))
        {
            reader.Visit(sql, row =>
            {
                var id = row.GetInt32(0);
                if (membership.Has(id) && skip-- <= 0)
                    found.Add(id);
                return found.Count < take;
            });
            if (found.Count >= take)
                break;
        }

        return found;
    }

    static IEnumerable<string> Indexes(TitleSort sort, bool isOnShelf)
    {
        var free = isOnShelf ? "AND f.Free > 0" : "";
        string By(string order) => isOnShelf
            ? $"SELECT t.Id FROM Titles t CROSS JOIN TitleFacts f ON f.TitleId = t.Id {free} ORDER BY {order}"
            : $"SELECT t.Id FROM Titles t ORDER BY {order}";
        return sort switch
        {
            TitleSort.Relevance or TitleSort.Title => [By("t.SortKey, t.Id")],
            TitleSort.Author => [By("t.AuthorKey, t.SortKey, t.Id")],
            TitleSort.Year => [By("t.Year DESC, t.SortKey, t.Id")],
            TitleSort.Newest => [$"SELECT f.TitleId FROM TitleFacts f WHERE TRUE {free} ORDER BY f.TitleId DESC"],
            TitleSort.Requested =>
            [
                $"SELECT f.TitleId FROM TitleFacts f WHERE f.Requests > 0 {free} ORDER BY f.Requests DESC, f.TitleId",
                $"SELECT f.TitleId FROM TitleFacts f WHERE f.Requests <= 0 {free} ORDER BY f.TitleId",
            ],
        };
    }

    /// <summary>Whether a title matches.</summary>
    sealed class Membership : IDisposable
    {
        readonly BitArray? _remembered;
        readonly DbCommand? _probe;

        public Membership(SearchReader reader, SearchScope scope, bool remembers)
        {
            if (scope.Match is null)
                return;
            if (!remembers)
            {
                _probe = reader.Command("SELECT 1 FROM TitleSearch WHERE TitleSearch MATCH $match AND rowid = $id", [("$match", scope.Expression!), ("$id", 0)]);
                return;
            }

            var remembered = new BitArray(reader.Number("SELECT MAX(TitleId) FROM TitleFacts") + 1);
            // As one text: a row each would cost more than finding them.
            var ids = reader.Text("SELECT group_concat(rowid) FROM TitleSearch WHERE TitleSearch MATCH $match", ("$match", scope.Expression!)).AsSpan();
            foreach (var id in ids.Split(','))
            {
                if (!ids[id].IsEmpty)
                    remembered[int.Parse(ids[id], CultureInfo.InvariantCulture)] = true;
            }

            _remembered = remembered;
        }

        public bool Has(int id)
        {
            if (_probe is null)
                return _remembered?[id] ?? true;
            _probe.Parameters["$id"].Value = id;
            return _probe.ExecuteScalar() is not null;
        }

        public void Dispose() => _probe?.Dispose();
    }
}
