using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Ids and free text in the form that scripts and keys can bear.</summary>
internal static class RedisText
{
    /// <summary>An id is 32 hexadecimal digits.</summary>
    public const int IdLength = 32;

    public static void WriteId(JobId id, Span<byte> target) => Utf8Formatter.TryFormat(id.Value, target, out _, 'N');

    public static byte[] Id(JobId id)
    {
        var text = new byte[IdLength];
        WriteId(id, text);
        return text;
    }

    public static JobId ReadId(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out Guid id, out _, 'N') ? new JobId(id) : throw new FormatException("Redis returned something else than a job id.");

    /// <summary>Free text without the characters that part fields, lines and names in records and messages: those become <c>%XX</c>.</summary>
    public static string Escape(string text)
    {
        if (!text.Any(MustEscape))
            return text;
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            if (MustEscape(letter))
                escaped.Append(CultureInfo.InvariantCulture, $"%{(int)letter:X2}");
            else
                escaped.Append(letter);
        }

        return escaped.ToString();
    }

    public static string Unescape(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;

    static bool MustEscape(char letter) => letter is <= ' ' or '%' or '\x7F';
}
