using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Domain.Requests;

/// <summary>What is asked for: a title of the catalogue, or the name of a book the library does not hold.</summary>
public sealed record RequestedBook
{
    /// <summary>The longest name a person may ask for, in characters.</summary>
    public const int MaxName = 500;

    RequestedBook(string name, Title? title) => (Name, Title) = (name, title);

    /// <summary>Name of the title, or the words of the patron.</summary>
    public string Name { get; }

    public Title? Title { get; }

    /// <summary>A title of the catalogue. One without a copy that can be lent is asked for all the same: a librarian sees whether one can be had.</summary>
    public static RequestedBook Of(Title title) => new(title.Name, title);

    /// <summary>A book the catalogue does not have. Control characters and doubled spaces are dropped.</summary>
    public static Outcome<RequestedBook> NotHeld(string? name)
    {
        var words = string.Join(' ', (name ?? "").Split([.. " \t\r\n\u00A0"], StringSplitOptions.RemoveEmptyEntries));
        words = string.Concat(words.Where(c => !char.IsControl(c)));
        if (words.Length == 0)
            return new Refusal(RefusalKind.Invalid, "Say which book: its title, or its ISBN.", "book-name-empty");
        if (words.Length > MaxName)
            return new Refusal(RefusalKind.Invalid, $"The name of a book may have {MaxName} characters; this one has {words.Length:N0}.", "book-name-too-long");
        return new RequestedBook(words, null);
    }
}
