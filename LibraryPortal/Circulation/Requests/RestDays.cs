using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Circulation.Requests;

/// <summary>
/// Days of a pause do not count towards the end of a request: it moves by the days that are left of the pause. A date the reader gave stays, because nobody
/// needs the book after it. While a request rests, its end includes the whole pause; what is not taken of it is taken back, so that pausing and resuming
/// over and over keeps no request for ever.
/// </summary>
internal static class RestDays
{
    /// <summary>The end of a request that rests until a day, or whose rest is moved to it.</summary>
    public static DateTimeOffset EndWhenPaused(LibraryChange change, BookRequest request, DateOnly until) =>
        Moved(change, request, until.DayNumber - (request.PausedUntil ?? change.Today).DayNumber);

    /// <summary>The end of a request that rests no longer.</summary>
    public static DateTimeOffset EndWhenResumed(LibraryChange change, BookRequest request) => Moved(change, request, -Left(change, request));

    /// <summary>Days from today to the end of the pause; 0 when there is none.</summary>
    public static int Left(LibraryChange change, BookRequest request) =>
        request.PausedUntil is { } until ? Math.Max(0, until.DayNumber - change.Today.DayNumber) : 0;

    static DateTimeOffset Moved(LibraryChange change, BookRequest request, int days) =>
        request.NeededUntil is not null || days == 0 ? request.ExpiresAt : change.Zone.EndOf(change.Zone.DateAt(request.ExpiresAt).AddDays(days));
}
