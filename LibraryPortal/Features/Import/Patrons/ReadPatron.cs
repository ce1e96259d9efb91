using System.Net.Mail;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Features.Import.Mapping;
using LibraryPortal.Features.Import.Reading;

namespace LibraryPortal.Features.Import.Patrons;

/// <summary>Reads a reader from a row of a table.</summary>
/// <param name="categories">Those the library has; the first counts where a row says none.</param>
internal sealed class ReadPatron(ColumnMap map, IReadOnlyList<string> categories)
{
    const string Usual = "Adult";

    const int MinUserName = 2, MaxUserName = 64, MaxEmail = 254;

    /// <returns>Null: the row is refused, and the reader knows why.</returns>
    public PatronDraft? Read(string[] cells, CellReader reader)
    {
        if (!map.Fits(cells, reader))
            return null;
        var name = reader.Text(map.First(cells, PatronFields.Name), PatronProfile.MaxName, "name")
            ?? string.Join(' ', new[] { PatronFields.FirstName, PatronFields.LastName }.Select(field => reader.Text(map.First(cells, field), PatronProfile.MaxName / 2, "name")).OfType<string>());
        if (name.Length == 0)
        {
            reader.Refused(map.First(cells, PatronFields.Name), "no name", "the name cell is empty");
            return null;
        }

        return new PatronDraft(
            reader.Row, name, Email(map.First(cells, PatronFields.Email), reader), UserName(map.First(cells, PatronFields.UserName), reader),
            reader.Code(map.First(cells, PatronFields.Card), CardNumber.MaxLength, "card number"), Category(map.First(cells, PatronFields.Category), reader),
            reader.Text(map.First(cells, PatronFields.Notes), PatronProfile.MaxNotes, "notes"));
    }

    static string? Email(SourceCell cell, CellReader reader)
    {
        if (CellReader.Text(cell.Value) is not { } text)
            return null;
        if (text.Length <= MaxEmail && MailAddress.TryCreate(text, out var address) && address.Address == text)
            return text;
        reader.Repaired(cell, "no e-mail address, left out", $"'{CellReader.Short(text)}'");
        return null;
    }

    static string? UserName(SourceCell cell, CellReader reader)
    {
        if (CellReader.Text(cell.Value) is not { } text)
            return null;
        if (text.Length is >= MinUserName and <= MaxUserName && char.IsLetterOrDigit(text[0]) && char.IsLetterOrDigit(text[^1])
            && text.All(character => char.IsLetterOrDigit(character) || character is '-' or '.' or '_' or '+'))
            return text;
        reader.Repaired(cell, "user name of other than letters, digits and - . _ +, left out", $"'{CellReader.Short(text)}'");
        return null;
    }

    string Category(SourceCell cell, CellReader reader)
    {
        var usual = categories.FirstOrDefault(category => category == Usual) ?? categories[0];
        if (CellReader.Text(cell.Value) is not { } text)
            return usual;
        if (categories.FirstOrDefault(category => string.Equals(category, text, StringComparison.OrdinalIgnoreCase)) is { } known)
            return known;
        reader.Repaired(cell, $"category the library does not have, taken as {usual}", $"'{CellReader.Short(text)}'");
        return usual;
    }
}
