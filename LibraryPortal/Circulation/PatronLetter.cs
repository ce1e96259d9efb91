namespace LibraryPortal.Circulation;

/// <summary>A mail to a patron about one of their requests.</summary>
/// <param name="Kind">What sort of mail it is: <c>request.ready</c>.</param>
/// <param name="Occasion">The request: <c>request:{id}</c>.</param>
/// <param name="Text">The sentence of the notice, word for word.</param>
internal sealed record PatronLetter(string PatronId, string Kind, string Occasion, string Subject, string Text);
