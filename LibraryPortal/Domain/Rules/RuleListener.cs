namespace LibraryPortal.Domain.Rules;

/// <summary>To whom a refusal is said.</summary>
public enum RuleListener
{
    /// <summary>The patron, as "you".</summary>
    Patron,

    /// <summary>A librarian, about the patron.</summary>
    Librarian,
}
