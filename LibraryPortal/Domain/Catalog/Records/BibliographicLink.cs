namespace LibraryPortal.Domain.Catalog.Records;

/// <summary>An address on the web that belongs to a book.</summary>
/// <param name="Address">Always http or https.</param>
/// <param name="Label">What is found there. Null: not told.</param>
public sealed record BibliographicLink(Uri Address, string? Label = null);
