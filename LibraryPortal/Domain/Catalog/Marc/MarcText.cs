using System.Text;
using System.Text.Unicode;

namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>
/// Turns the bytes of one record into Unicode. Leader position 9 names the encoding: <c>a</c> is UTF-8, blank is MARC-8. Many files say
/// MARC-8 and hold UTF-8, so a record without escape sequences whose bytes are all valid UTF-8 is read as that, and the record says so.
/// </summary>
internal sealed class MarcText
{
    readonly bool _isUtf8;
    readonly Dictionary<(string Tag, string Cause), int> _lost = [];
    readonly List<MarcProblem> _problems = [];

    public MarcText(ReadOnlySpan<byte> record)
    {
        var claimsUtf8 = record[9] == (byte)'a';
        _isUtf8 = claimsUtf8 || (!Ascii.IsValid(record) && !record.Contains(Marc8.Escape) && Utf8.IsValid(record));
        if (_isUtf8 && !claimsUtf8)
            _problems.Add(new MarcProblem(MarcProblemKind.Characters, "The leader says MARC-8, but the text is UTF-8 and was read as that."));
    }

    /// <summary>What could not be read so far, one problem per field and cause.</summary>
    public IEnumerable<MarcProblem> Problems => _problems.Concat(_lost.Select(loss => new MarcProblem(MarcProblemKind.Characters,
        $"Field {loss.Key.Tag}: {(loss.Value == 1 ? "1 character" : $"{loss.Value} characters")} could not be read ({loss.Key.Cause}); \uFFFD stands in its place.")));

    /// <summary>The text in NFC without control characters.</summary>
    /// <param name="tag">Of the field, for the report.</param>
    public string Read(string tag, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return Encoding.ASCII.GetString(bytes);
        if (!_isUtf8)
            return Clean(Marc8.Decode(bytes, cause => Lose(tag, cause)));
        var text = Encoding.UTF8.GetString(bytes);
        if (!Utf8.IsValid(bytes))
            Lose(tag, "not UTF-8", text.Count(c => c == '\uFFFD'));
        return Clean(text);
    }

    /// <summary>NFC; line breaks and tabs become spaces, other control characters vanish.</summary>
    public static string Clean(string text)
    {
        if (text.Any(char.IsControl))
        {
            text = string.Concat(text.Select(c => c is '\t' or '\r' or '\n' ? ' ' : c).Where(c => !char.IsControl(c)));
        }

        return text.IsNormalized() ? text : text.Normalize();
    }

    void Lose(string tag, string cause, int count = 1) => _lost[(tag, cause)] = _lost.GetValueOrDefault((tag, cause)) + count;
}
