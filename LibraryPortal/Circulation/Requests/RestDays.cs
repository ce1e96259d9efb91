using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Circulation.Requests;

/// <summary>
/// Days of a pause do not count towards the end of a request: it moves by them. A date the reader gave stays, because nobody needs the book after it. While a
/// request rests, its end includes the whole pause; what is not taken of it is taken back, so that nobody gains time by pausing and resuming over and over.
/// </summary>
internal static class RestDays
{
    /// <summary>A request rests until a day, or the end of its rest is moved to it.</summary>
    public static void Pause(LibraryChange change, BookRequest request, DateOnly until)
    {
        var days = until.DayNumber - (request.PausedUntil ?? change.Today).DayNumber;
        request.Pause(until, days, Moved(change, request, days));
    }

    /// <summary>A request rests no longer.</summary>
    public static void Resume(LibraryChange change, BookRequest request)
    {
        var left = request.PausedUntil is { } until ? Math.Max(0, until.DayNumber - change.Today.DayNumber) : 0;
        request.Resume(left, Moved(change, request, -left));
    }

    static DateTimeOffset Moved(LibraryChange change, BookRequest request, int days) =>
        request.NeededUntil is not null || days == 0 ? request.ExpiresAt : change.Zone.EndOf(change.Zone.DateAt(request.ExpiresAt).AddDays(days));
}
