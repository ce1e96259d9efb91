using System.Text;

namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>
/// Puts marks behind their letter, where Unicode wants them; in MARC-8 they stand before it. Several marks are written from top to bottom,
/// while Unicode goes from the letter outwards, so marks above the letter also change their order among themselves. Not every file keeps
/// that rule: where only the other order makes a known letter (Vietnamese ấ), that one is taken.
/// </summary>
internal sealed class Marc8Composer
{
    readonly StringBuilder _text = new();
    readonly List<char> _marks = [];

    /// <summary>False while a mark waits for its letter.</summary>
    public bool IsComplete => _marks.Count == 0;

    public void Mark(char mark)
    {
        if (mark != Marc8Sets.SecondHalf)
            _marks.Add(mark);
    }

    public void Letter(char letter)
    {
        if (_marks.Count < 2)
        {
            _text.Append(letter).AppendJoin("", _marks);
        }
        else
        {
            // Normalisation keeps the order of marks on the same side and sorts the sides, so it is enough to turn all of those above.
            var asGiven = Compose(letter, _marks);
            var turned = Compose(letter, _marks.Where(IsAbove).Reverse().Concat(_marks.Where(mark => !IsAbove(mark))));
            _text.Append(asGiven.Length < turned.Length ? asGiven : turned);
        }

        _marks.Clear();
    }

    public override string ToString() => _text.ToString().Normalize();

    static string Compose(char letter, IEnumerable<char> marks) => $"{letter}{string.Concat(marks)}".Normalize();

    static bool IsAbove(char mark) => mark is not (>= '\u0323' and <= '\u0328') and not '\u031C' and not '\u032E' and not '\u0332' and not '\u0333';
}
