using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Circulation.Requests;

/// <summary>A request just placed.</summary>
/// <param name="IsHeld">False when the library has no copy to lend and a librarian looks into it.</param>
/// <param name="Message">What the person who placed it is told.</param>
public sealed record PlacedRequest(Guid Id, long Number, string BookName, RequestState State, bool IsHeld, string Message)
{
    public string DisplayNumber => BookRequest.FormatNumber(Number);
}
