using System.Globalization;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>Lists as one says them: "1st to 7th and 15th".</summary>
internal static class EnglishList
{
    public static string Join(IEnumerable<string> items)
    {
        var list = items.ToList();
        return list.Count < 2 ? string.Concat(list) : $"{string.Join(", ", list.SkipLast(1))} and {list[^1]}";
    }

    /// <summary>Three or more numbers in a row become one range.</summary>
    public static string JoinRuns(IEnumerable<int> numbers, Func<int, string> name)
    {
        List<(int First, int Last)> runs = [];
        foreach (var number in numbers)
        {
            if (runs.Count > 0 && runs[^1].Last == number - 1)
                runs[^1] = (runs[^1].First, number);
            else
                runs.Add((number, number));
        }

        return Join(runs.SelectMany(run => run.Last - run.First >= 2
            ? [$"{name(run.First)} to {name(run.Last)}"]
            : Enumerable.Range(run.First, run.Last - run.First + 1).Select(name)));
    }

    public static string Ordinal(int number) => number.ToString(CultureInfo.InvariantCulture) + (number % 100 is 11 or 12 or 13
        ? "th"
        : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
