namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>The bytes of one record, or of something that should have been one.</summary>
/// <param name="Offset">Bytes before it in the file.</param>
/// <param name="Bytes">Valid until the next frame is asked for. Empty when it was too long to keep.</param>
/// <param name="Damage">Null when the record begins and ends where it says.</param>
internal readonly record struct Iso2709Frame(long Offset, ReadOnlyMemory<byte> Bytes, MarcProblem? Damage);
