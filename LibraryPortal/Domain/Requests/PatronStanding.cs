namespace LibraryPortal.Domain.Requests;

/// <summary>What decides whether a patron may place one more request.</summary>
/// <param name="OpenRequests">Requests of this patron that wait or are ready.</param>
/// <param name="RequestsToday">Requests this patron has placed since the library's day began, cancelled ones included.</param>
/// <param name="SameBook">The patron's active request of the same book, if any.</param>
public sealed record PatronStanding(int OpenRequests, int RequestsToday, BookRequest? SameBook);
