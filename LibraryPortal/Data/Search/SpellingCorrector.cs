namespace LibraryPortal.Data.Search;

/// <summary>
/// Finds the words a mistyped search meant. Words one letter apart share a key: themselves, or themselves without one letter; words further apart are
/// looked for among those that begin alike. Of the words that are near, those that together find something win, the nearest and most frequent first.
/// </summary>
internal sealed class SpellingCorrector(SearchReader reader)
{
    /// <summary>Tried for one word.</summary>
    const int Options = 6;

    /// <summary>Tries in all: each asks the index.</summary>
    const int MostTries = 24, TriesOfKnown = 8;

    /// <summary>In a longer search, words that stand in the catalogue are taken to be right.</summary>
    const int MostWords = 8;

    /// <summary>Words that begin alike and are compared.</summary>
    const int MostAlike = 5_000;

    /// <summary>From this length on two letters may be wrong.</summary>
    const int TwoErrors = 6;

    /// <summary>One more error outweighs any difference in frequency.</summary>
    const double PerError = 24;

    const string ByKeys = """
        SELECT w.Word, w.Titles FROM SearchWordKeys k CROSS JOIN SearchWords w ON w.Word = k.Word WHERE k.Letters IN (SELECT value FROM json_each($keys)) AND w.Titles > 0
        UNION SELECT Word, Titles FROM SearchWords WHERE Word IN (SELECT value FROM json_each($keys)) AND Titles > 0
        """;

    static readonly string ByBeginning = $"""
        SELECT Word, Titles FROM SearchWords WHERE Word >= $first AND Word < $last AND length(Word) BETWEEN $least AND $most AND Titles > 0 LIMIT {MostAlike}
        """;

    /// <param name="finds">Whether these words find anything.</param>
    /// <returns>The words, some of them others; null when none help.</returns>
    public IReadOnlyList<string>? Correct(IReadOnlyList<string> words, Func<IReadOnlyList<string>, bool> finds, int mostTries = MostTries)
    {
        var options = words.Select((word, i) => OptionsFor(word, isLast: i == words.Count - 1, trustsKnown: words.Count > MostWords)).ToList();
        // Where all words are known, hardly one of them was mistyped.
        if (options.TrueForAll(each => each[0].Cost == 0))
            mostTries = Math.Min(mostTries, TriesOfKnown);
        // Nothing is like any of the words but the words themselves.
        if (options.TrueForAll(each => each is [{ Cost: 0 }]))
            return null;
        var queue = new PriorityQueue<int[], double>();
        HashSet<string> seen = [];
        void Enqueue(int[] picks)
        {
            if (seen.Add(string.Join(',', picks)))
                queue.Enqueue(picks, picks.Select((pick, i) => options[i][pick].Cost).Sum());
        }

        Enqueue(new int[words.Count]);
        for (var tries = 0; tries < mostTries && queue.TryDequeue(out var picks, out _);)
        {
            var candidate = picks.Select((pick, i) => options[i][pick].Words).SelectMany(each => each).ToList();
            if (!candidate.SequenceEqual(words))
            {
                tries++;
                if (finds(candidate))
                    return candidate;
            }

            for (var i = 0; i < picks.Length; i++)
            {
                if (picks[i] + 1 < options[i].Count)
                    Enqueue([.. picks[..i], picks[i] + 1, .. picks[(i + 1)..]]);
            }
        }

        return null;
    }

    List<Option> OptionsFor(string word, bool isLast, bool trustsKnown)
    {
        List<Option> options = [];
        if (reader.Number("SELECT 1 FROM SearchWords WHERE Word >= $first AND Word < $last AND Titles > 0 LIMIT 1", ("$first", word), ("$last", word + "\uFFFF")) > 0)
            options.Add(new Option([word], 0));
        // A number is meant as it is: the next one is another year or volume.
        if ((trustsKnown && options.Count > 0) || word.Length < SearchSchema.ShortestWord || word.Length > SearchSchema.LongestWord || word.Any(char.IsAsciiDigit))
            return options.Count > 0 ? options : [new Option([word], 0)];
        var near = Near(word, isLast).ToList();
        options.AddRange(near.Concat(Halves(word)).OrderBy(option => option.Cost).Take(Options));
        return options.Count > 0 ? options : [new Option([word], 0)];
    }

    IEnumerable<Option> Near(string word, bool isLast)
    {
        var most = word.Length < TwoErrors ? 1 : 2;
        var keys = Shorter([word]);
        HashSet<string> all = [word, .. keys];
        if (most == 2)
            all.UnionWith(Shorter(keys));
        var found = Rank(word, most, reader.List(ByKeys, row => (row.GetString(0), row.GetInt32(1)), ("$keys", SearchReader.Json(all))), isLast: false).ToList();
        if (most < 2 || found.Exists(option => option.Cost < PerError))
            return found;
        var first = word[..3];
        // The last word may be unfinished as well as mistyped.
        var alike = reader.List(ByBeginning, row => (row.GetString(0), row.GetInt32(1)),
            ("$first", first), ("$last", first + "\uFFFF"), ("$least", word.Length - most), ("$most", isLast ? SearchSchema.LongestWord : word.Length + most));
        return found.Concat(Rank(word, most, alike, isLast)).GroupBy(option => option.Words[0]).Select(same => same.MinBy(option => option.Cost)!);
    }

    static IEnumerable<Option> Rank(string word, int most, IEnumerable<(string Word, int Titles)> candidates, bool isLast) =>
        from candidate in candidates
        where candidate.Word != word
        let distance = Distance(word, candidate.Word, most, isLast)
        where distance <= most
        select new Option([candidate.Word], (distance * PerError) - Math.Min(Math.Log2(candidate.Titles + 1), PerError - 1));

    static int Distance(string word, string candidate, int most, bool isLast)
    {
        var distance = EditDistance.Between(word, candidate, most);
        if (distance <= most || !isLast)
            return distance;
        // One wrong letter in an unfinished word counts as two: the rest is guessed as well.
        for (var length = word.Length - 1; length <= word.Length + 1 && length < candidate.Length; length++)
        {
            if (EditDistance.Between(word, candidate.AsSpan(0, length), 1) <= 1)
                return most;
        }

        return most + 1;
    }

    /// <summary>Two words typed as one.</summary>
    IEnumerable<Option> Halves(string word)
    {
        var splits = Enumerable.Range(2, Math.Max(0, word.Length - 3)).Select(at => (Left: word[..at], Right: word[at..])).ToList();
        var known = reader.List("SELECT Word FROM SearchWords WHERE Word IN (SELECT value FROM json_each($words)) AND Titles > 0", row => row.GetString(0),
            ("$words", SearchReader.Json(splits.SelectMany(split => new[] { split.Left, split.Right })))).ToHashSet();
        return splits.Where(split => known.Contains(split.Left) && known.Contains(split.Right)).Select(split => new Option([split.Left, split.Right], PerError));
    }

    static HashSet<string> Shorter(IEnumerable<string> words) =>
        [.. words.SelectMany(word => Enumerable.Range(0, word.Length).Select(at => word.Remove(at, 1))).Where(word => word.Length > 1)];

    sealed record Option(IReadOnlyList<string> Words, double Cost);
}
