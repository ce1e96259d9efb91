using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Data.Search;

/// <summary>One search, from the typed words to the page.</summary>
internal sealed class TitleSearch(SearchReader reader, TitleSearchRequest request)
{
    /// <summary>A word more titles have is meant as it is, not as the beginning of longer ones.</summary>
    const int CommonTitles = 10_000;

    static readonly HashSet<string> NoWords = [];

    readonly ChosenFacets _chosen = ChosenFacets.Find(reader, request.Chosen);

    /// <summary>Titles by relevance have an order only where there are words.</summary>
    TitleSort SortOf(TypedWords? typed) => request.Sort == TitleSort.Relevance && typed is null ? TitleSort.Title : request.Sort;

    public TitleSearchAnswer Run()
    {
        if (string.IsNullOrWhiteSpace(request.Text))
            return Answer(null, null);
        if (Isbn.TryParse(request.Text, out var isbn))
            return FindIsbn(isbn);
        var typed = Type(request.Text);
        if (typed.Words.Count == 0)
            return TitleSearchAnswer.None;
        var answer = Answer(typed, typed.All);
        // Where only the filters are in the way, other words would not be what was meant.
        if (answer.Total > 0 || request.IsLiteral || Matches(typed.All))
            return answer;
        if (new SpellingCorrector(reader).Correct(typed.Words, words => Matches(TitleSearchQuery.All(words, NoWords))) is { } better)
        {
            var corrected = Type(string.Join(' ', better));
            return Answer(corrected, corrected.All) with { Corrected = corrected.Text };
        }

        return typed.Any is { } any ? Answer(typed, any) with { IsLoose = true } : answer;
    }

    TypedWords Type(string text)
    {
        var words = TitleSearchQuery.Words(text);
        var common = reader.List("SELECT Word FROM SearchWords WHERE Word IN (SELECT value FROM json_each($words)) AND Titles > $many",
            row => row.GetString(0), ("$words", SearchReader.Json(words)), ("$many", CommonTitles));
        return new TypedWords(text, words, common.ToHashSet(), _chosen.Groups());
    }

    bool Matches(string expression) =>
        reader.Number("SELECT 1 FROM TitleSearch WHERE TitleSearch MATCH $match LIMIT 1", ("$match", expression)) > 0;

    TitleSearchAnswer FindIsbn(Isbn isbn)
    {
        var ids = reader.List("SELECT Id FROM Titles WHERE Isbn13 = $isbn ORDER BY Id", row => row.GetInt32(0), ("$isbn", isbn.Thirteen));
        return new TitleSearchAnswer { Ids = [.. ids.Skip(request.Skip).Take(request.Take)], Total = ids.Count };
    }

    /// <param name="expression">What the words must do; null: there are no words.</param>
    TitleSearchAnswer Answer(TypedWords? typed, string? expression)
    {
        var sort = SortOf(typed);
        var narrowed = _chosen.Kinds.Count > 0 || request.IsAvailable;
        // The words alone, where they leave few enough: then one reading counts everything.
        if (expression is not null && narrowed && request.WantsFacets)
        {
            var whole = new SearchScope(expression, IsAvailable: false).Read(reader, sort);
            if (!whole.IsCapped)
                return AnswerWhole(typed!, expression, whole.Rows, sort);
        }

        var scope = new SearchScope(TitleSearchQuery.Narrow(expression, _chosen.Groups()), request.IsAvailable);
        if (scope.Match is null)
            return AnswerAll(scope, sort);
        var read = scope.Read(reader, sort);
        var page = Page(typed, scope, read, sort);
        return request.WantsFacets ? Counted(page, CountScopes(expression, read)) : page;
    }

    TitleSearchAnswer AnswerWhole(TypedWords typed, string expression, List<SearchRow> whole, TitleSort sort)
    {
        List<int> codes = [];
        var rows = whole.Where(row =>
        {
            FacetToken.Read(row.Facets, codes);
            return (!request.IsAvailable || row.Free > 0) && _chosen.Missing(codes).Count == 0;
        }).ToList();
        var tally = new FacetTally(reader, _chosen, request.IsAvailable);
        tally.CountWhole(whole);
        return Counted(Page(typed, new SearchScope(typed.Narrow(expression), request.IsAvailable), new ScopeRows(rows, IsCapped: false), sort), tally);
    }

    /// <summary>The whole catalogue, perhaps what of it is on the shelf.</summary>
    TitleSearchAnswer AnswerAll(SearchScope scope, TitleSort sort)
    {
        var tally = new FacetTally(reader, _chosen, request.IsAvailable);
        var all = Titles(0);
        var available = Titles(5);
        tally.SetAvailable(available, isAtLeast: false);
        if (request.WantsFacets)
        {
            if (request.IsAvailable)
                tally.CountScope(scope.Read(reader, TitleSort.Relevance), Enum.GetValues<FacetKind>());
            else
                Array.ForEach(Enum.GetValues<FacetKind>(), tally.TakeAll);
        }

        var total = request.IsAvailable ? available : all;
        var ids = Walk(scope, sort, total);
        return Counted(new TitleSearchAnswer { Ids = ids, Total = total }, tally);
    }

    TitleSearchAnswer Page(TypedWords? typed, SearchScope scope, ScopeRows read, TitleSort sort)
    {
        var answer = new TitleSearchAnswer { Total = read.Total, IsTotalAtLeast = read.IsCapped };
        if (read.Total <= request.Skip)
            return answer;
        var ids = sort == TitleSort.Relevance
            ? new TitleRanking(reader, scope, read, typed!).First(request.Skip + request.Take).Skip(request.Skip).Take(request.Take)
            : read.IsCapped
                ? Walk(scope, sort, read.Total)
                : TitleOrder.Sort(read.Rows, sort).Skip(request.Skip).Take(request.Take);
        return answer with { Ids = [.. ids] };
    }

    List<int> Walk(SearchScope scope, TitleSort sort, int total) =>
        total <= request.Skip ? [] : TitleOrder.Walk(reader, scope, sort, request.Skip, request.Take);

    FacetTally CountScopes(string? expression, ScopeRows read)
    {
        var tally = new FacetTally(reader, _chosen, request.IsAvailable);
        tally.CountScope(read, [.. Enum.GetValues<FacetKind>().Except(_chosen.Kinds)]);
        foreach (var kind in _chosen.Kinds)
        {
            var others = TitleSearchQuery.Narrow(expression, _chosen.Groups(except: kind));
            if (others is null && !request.IsAvailable)
                tally.TakeAll(kind);
            else
                tally.CountScope(new SearchScope(others, request.IsAvailable).Read(reader, TitleSort.Relevance), [kind]);
        }

        tally.SetAvailable(read.Rows.Count(row => row.Free > 0), read.IsCapped);
        return tally;
    }

    int Titles(int kind) => reader.Number("SELECT Titles FROM FacetValues WHERE Kind = $kind AND Value = ''", ("$kind", kind));

    static TitleSearchAnswer Counted(TitleSearchAnswer answer, FacetTally tally) => answer with
    {
        Facets = tally.Facets(),
        Available = tally.Available,
        IsAvailableAtLeast = tally.IsAvailableAtLeast,
    };
}
