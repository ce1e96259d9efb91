namespace LibraryPortal.Components.Shared;

/// <summary>Which page numbers a pager shows: the ends, the current one with its neighbours, and a gap where at least two are left out.</summary>
internal static class PagerRange
{
    /// <param name="Number">Null for a gap.</param>
    /// <param name="Place">Tells one gap from the other.</param>
    public readonly record struct Step(int? Number, int Place);

    public static IReadOnlyList<Step> Around(int page, int count)
    {
        List<Step> steps = [];
        var last = 0;
        foreach (var number in Enumerable.Range(1, count).Where(number => number == 1 || number == count || Math.Abs(number - page) <= 1))
        {
            if (number - last == 2)
                steps.Add(new Step(number - 1, number - 1));
            else if (number - last > 2)
                steps.Add(new Step(null, number - 1));
            steps.Add(new Step(number, number));
            last = number;
        }

        return steps;
    }
}
