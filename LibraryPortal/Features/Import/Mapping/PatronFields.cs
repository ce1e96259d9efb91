namespace LibraryPortal.Features.Import.Mapping;

/// <summary>What a column of a list of readers can hold. There is none for passwords and none for roles: a file gives nobody rights.</summary>
internal static class PatronFields
{
    public const string Name = "name", FirstName = "first-name", LastName = "last-name", Email = "email", UserName = "user-name", Card = "card",
        Category = "category", Notes = "notes";

    public static IReadOnlyList<ImportField> All { get; } =
    [
        new(Name, "Name", "name", "full name", "patron", "reader", "borrower"),
        new(FirstName, "First name", "first name", "firstname", "given name", "forename"),
        new(LastName, "Last name", "last name", "lastname", "surname", "family name"),
        new(Email, "E-mail address", "email", "e-mail", "mail", "email address"),
        new(UserName, "User name", "user name", "username", "login") { Hint = "Empty: the reader borrows with the card, and signs in by e-mail address" },
        new(Card, "Card number", "card", "card number", "cardnumber", "card_number", "library card") { Hint = "Empty: the next free number" },
        new(Category, "Category", "category", "patron type", "type", "group"),
        new(Notes, "Notes for the staff", "notes", "note", "remarks"),
    ];
}
