namespace LibraryPortal.Circulation.Patrons;

/// <summary>Which readers to list.</summary>
/// <param name="Words">Parts of the name, the e-mail address or the card number, all of which must be there; null for all.</param>
/// <param name="Category">Null for all.</param>
internal sealed record PatronSearch(string? Words, string? Category = null, PatronGroup Group = PatronGroup.Active);

/// <summary>Readers who have something in common.</summary>
public enum PatronGroup
{
    /// <summary>Members.</summary>
    Active,

    /// <summary>Members whom a librarian has blocked.</summary>
    Blocked,

    /// <summary>Members with a book past its date.</summary>
    Overdue,

    /// <summary>Former members.</summary>
    Ended,
}
