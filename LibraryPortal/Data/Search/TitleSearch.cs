using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Data.Search;

/// <summary>One search, from the typed words to the page.</summary>
internal sealed class TitleSearch(SearchReader reader, TitleSearchRequest request)
{
    /// <summary>A word more titles have is meant as it is, not as the beginning of longer ones.</summary>
    const int CommonTitles = 10_000;

    /// <summary>Titles looked at to count values exactly. Where there are more, every count is only a least one, and a part says as much.</summary>
    const int MostWhole = 5_000, MostOfMany = 2_500;

    /// <summary>Where fewer of the titles looked at are on the shelf, those on the shelf are counted for themselves.</summary>
    const int RareOnShelf = MostOfMany / 10;

    /// <summary>Where no more titles were found than these, other words may have been meant: those that find so many times more.</summary>
    const int Few = 3, TimesMore = 5;

    /// <summary>Other words that are tried for a suggestion, which is less urgent than finding anything.</summary>
    const int SuggestionTries = 8;

    static readonly HashSet<string> NoWords = [];

    static readonly FacetKind[] Kinds = Enum.GetValues<FacetKind>();

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
            return answer with { Suggested = Suggest(typed, answer.Total) };
        if (new SpellingCorrector(reader).Correct(typed.Words, words => Matches(TitleSearchQuery.All(words, NoWords))) is { } better)
        {
            var corrected = Type(string.Join(' ', better));
            return Answer(corrected, corrected.All) with { Corrected = corrected.Text };
        }

        return typed.Any is { } any ? Answer(typed, any) with { IsLoose = true } : answer;
    }

    /// <summary>What was perhaps meant where few titles have the typed words: a misprint in the catalogue has the mistyped word, too.</summary>
    string? Suggest(TypedWords typed, int found)
    {
        if (found is 0 or > Few || request.IsLiteral || IsNarrowed || request.Skip > 0)
            return null;
        var many = found * TimesMore;
        var better = new SpellingCorrector(reader).Correct(typed.Words, words =>
            new SearchScope(TitleSearchQuery.All(words, NoWords), IsAvailable: false).Count(reader, many) == many, SuggestionTries);
        return better is null ? null : string.Join(' ', better);
    }

    bool IsNarrowed => _chosen.Kinds.Count > 0 || request.IsAvailable;

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
        var ids = reader.List("SELECT Id FROM Titles WHERE Isbn13 = $isbn UNION SELECT TitleId FROM TitleIsbns WHERE Isbn = $isbn ORDER BY 1", row => row.GetInt32(0), ("$isbn", isbn.Thirteen));
        return new TitleSearchAnswer { Ids = [.. ids.Skip(request.Skip).Take(request.Take)], Total = ids.Count };
    }

    /// <param name="expression">What the words must do; null: there are no words.</param>
    TitleSearchAnswer Answer(TypedWords? typed, string? expression)
    {
        var sort = SortOf(typed);
        var scope = new SearchScope(TitleSearchQuery.Narrow(expression, _chosen.Groups()), request.IsAvailable);
        if (scope.Match is null)
            return AnswerAll(scope, sort);
        var found = scope.Find(reader, SearchScope.Most);
        var answer = new TitleSearchAnswer
        {
            Total = found.Count,
            IsTotalAtLeast = found.HasMore,
            Ids = found.Count <= request.Skip ? [] : Page(typed, found, sort),
        };
        return request.WantsFacets ? Counted(answer, CountScopes(expression, found)) : answer;
    }

    /// <summary>The whole catalogue, perhaps what of it is on the shelf.</summary>
    TitleSearchAnswer AnswerAll(SearchScope scope, TitleSort sort)
    {
        var tally = new FacetTally(reader, _chosen, request.IsAvailable);
        var available = Titles(SearchSchema.TitlesOnShelf);
        var total = request.IsAvailable ? available : Titles(SearchSchema.AllTitles);
        tally.SetAvailable(available, isAtLeast: false);
        if (request.WantsFacets && !request.IsAvailable)
            Array.ForEach(Kinds, tally.TakeAll);
        var found = request.IsAvailable ? scope.Find(reader, SearchScope.Most) : null;
        if (request.WantsFacets && found is not null)
            tally.CountScope(found.Facets(reader, MostOf(found)), IsSampled(found), Kinds);
        IReadOnlyList<int> ids = total <= request.Skip ? []
            : found is { HasMore: false } ? TitleOrder.Page(reader, found, sort, request.Skip, request.Take, total)
            : TitleOrder.All(reader, request.IsAvailable, sort, request.Skip, request.Take);
        return Counted(new TitleSearchAnswer { Ids = ids, Total = total }, tally);
    }

    List<int> Page(TypedWords? typed, FoundScope found, TitleSort sort) => sort == TitleSort.Relevance
        ? [.. new TitleRanking(reader, found, typed!).First(request.Skip + request.Take).Skip(request.Skip).Take(request.Take)]
        : TitleOrder.Page(reader, found, sort, request.Skip, request.Take, Titles(SearchSchema.AllTitles));

    FacetTally CountScopes(string? expression, FoundScope found)
    {
        var tally = new FacetTally(reader, _chosen, request.IsAvailable);
        // The words alone, where they leave few enough: then one reading counts everything.
        if (expression is not null && _chosen.Kinds.Count > 0 && !IsSampled(found)
            && new SearchScope(expression, IsAvailable: false).Find(reader, MostWhole) is { HasMore: false } whole)
        {
            tally.CountWhole(whole.Facets(reader, MostWhole));
            return tally;
        }

        var facets = found.Facets(reader, MostOf(found));
        CountAvailable(tally, found, facets);
        tally.CountScope(facets, IsSampled(found), [.. Kinds.Except(_chosen.Kinds)]);
        foreach (var kind in _chosen.Kinds)
        {
            var others = new SearchScope(TitleSearchQuery.Narrow(expression, _chosen.Groups(except: kind)), request.IsAvailable);
            if (others.Expression is null)
            {
                tally.TakeAll(kind);
                continue;
            }

            var without = others.Find(reader, MostOfMany);
            tally.CountScope(without.Facets(reader, MostOfMany), without.HasMore, [kind]);
        }

        return tally;
    }

    void CountAvailable(FacetTally tally, FoundScope found, string facets)
    {
        var free = FacetTally.OnShelf(facets);
        if (request.IsAvailable)
            tally.SetAvailable(found.Count, found.HasMore);
        else if (!IsSampled(found) || free > RareOnShelf)
            tally.SetAvailable(free, IsSampled(found));
        else
            CountAvailable(tally, found.Scope with { IsAvailable = true });
    }

    /// <summary>Asks the index, which is quick where little is on the shelf.</summary>
    void CountAvailable(FacetTally tally, SearchScope free)
    {
        var count = free.Count(reader, SearchScope.Most + 1);
        tally.SetAvailable(Math.Min(count, SearchScope.Most), count > SearchScope.Most);
    }

    static bool IsSampled(FoundScope found) => found.Count > MostWhole;

    static int MostOf(FoundScope found) => IsSampled(found) ? MostOfMany : MostWhole;

    int Titles(int kind) => reader.Number("SELECT Titles FROM FacetValues WHERE Kind = $kind AND Value = ''", ("$kind", kind));

    static TitleSearchAnswer Counted(TitleSearchAnswer answer, FacetTally tally) => answer with
    {
        Facets = tally.Facets(),
        Available = tally.Available,
        IsAvailableAtLeast = tally.IsAvailableAtLeast,
    };
}
