namespace LibraryPortal.Features.Patrons;

/// <summary>What a librarian writes down of a new reader.</summary>
public sealed class NewPatron
{
    public string? Name { get; set; }

    public string? Category { get; set; }

    /// <summary>Empty: the reader has no account to sign in to, only a card.</summary>
    public string? Email { get; set; }

    /// <summary>Empty: the next number of the library's own series.</summary>
    public string? CardNumber { get; set; }

    public string? Notes { get; set; }
}
