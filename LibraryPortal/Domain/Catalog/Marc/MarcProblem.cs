namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>Something a librarian is told about one record of a file.</summary>
/// <param name="Message">A plain sentence, without the place.</param>
internal sealed record MarcProblem(MarcProblemKind Kind, string Message);
