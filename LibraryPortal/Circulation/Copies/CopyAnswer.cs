using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Circulation.Copies;

/// <summary>What a change of a copy did, for the librarian who made it.</summary>
public sealed record CopyAnswer(string Barcode, CopyState State, string Message);
