namespace LibraryPortal.Data.Isbns;

/// <summary>
/// A further ISBN of a title, to find it by. Triggers of the database keep these rows in step with what the titles say, whoever changes them: code only reads
/// them. A migration that rebuilds the table of titles loses the triggers and must make them anew.
/// </summary>
public sealed class TitleIsbn
{
    TitleIsbn() { }

    /// <summary>13 digits.</summary>
    public string Isbn { get; private set; } = "";

    public int TitleId { get; private set; }
}
