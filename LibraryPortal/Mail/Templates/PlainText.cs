using System.Globalization;
using System.Text;

namespace LibraryPortal.Mail.Templates;

/// <summary>The plain-text twin of a mail.</summary>
internal static class PlainText
{
    public static string Of(MailDraft draft)
    {
        var text = new StringBuilder();
        foreach (var paragraph in draft.Paragraphs)
            text.AppendLine(paragraph).AppendLine();
        foreach (var fact in draft.Facts)
            text.AppendLine(CultureInfo.InvariantCulture, $"{fact.Label}: {fact.Value}");
        if (draft.Facts.Count > 0)
            text.AppendLine();
        if (draft.Action is { } action)
            text.AppendLine(CultureInfo.InvariantCulture, $"{action.Label}:").AppendLine(action.Url).AppendLine();
        foreach (var line in draft.Closing)
            text.AppendLine(line).AppendLine();
        text.AppendLine("-- ").AppendLine(CultureInfo.InvariantCulture, $"LibraryPortal. You get this mail because {draft.Why}.");
        return text.ToString();
    }
}
