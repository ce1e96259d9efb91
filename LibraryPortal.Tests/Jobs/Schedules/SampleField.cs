using FsCheck;
using FsCheck.Fluent;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>One field of a <see cref="CronSample"/>.</summary>
internal sealed record SampleField(string Text, IReadOnlySet<int> Numbers)
{
    public bool StartsWithStar => Text[0] == '*';

    public static Gen<SampleField> Any(int least, int greatest) => Gen.Constant(new SampleField("*", Range(least, greatest, 1)));

    public static Gen<SampleField> Generator(int least, int greatest)
    {
        var value = from number in Gen.Choose(least, greatest)
                    select new SampleField($"{number}", Range(number, number, 1));
        var range = from first in Gen.Choose(least, greatest)
                    from last in Gen.Choose(first, greatest)
                    select new SampleField($"{first}-{last}", Range(first, last, 1));
        var stepped = from first in Gen.Choose(least, greatest)
                      from last in Gen.Choose(first, greatest)
                      from step in Gen.Choose(1, greatest)
                      select new SampleField($"{first}-{last}/{step}", Range(first, last, step));
        var star = from step in Gen.Choose(1, greatest)
                   select new SampleField($"*/{step}", Range(least, greatest, step));
        var single = Gen.OneOf(value, range, stepped);
        var list = from first in single
                   from second in single
                   select new SampleField($"{first.Text},{second.Text}", first.Numbers.Union(second.Numbers).ToHashSet());
        return Gen.Frequency((4, value), (2, range), (1, stepped), (2, star), (2, list));
    }

    static HashSet<int> Range(int first, int last, int step) => [.. Enumerable.Range(0, ((last - first) / step) + 1).Select(i => first + (i * step))];
}
