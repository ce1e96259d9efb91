namespace LibraryPortal.Circulation;

/// <summary>A mail to a patron about one of their requests or loans.</summary>
/// <param name="Kind">What sort of mail it is: <c>request.ready</c>.</param>
/// <param name="Occasion">What it is about: <c>request:{id}</c> or <c>loan:{id}</c>.</param>
/// <param name="Text">The sentence of the notice, word for word.</param>
/// <param name="Why">Completes "You get this mail because".</param>
/// <param name="Page">Where the patron finds it: a button's words, and a path of the portal.</param>
internal sealed record PatronLetter(string PatronId, string Kind, string Occasion, string Subject, string Text, string Why, (string Label, string Path) Page);
