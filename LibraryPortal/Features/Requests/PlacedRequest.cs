using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Requests;

/// <summary>A request just placed.</summary>
/// <param name="IsHeld">False when the library does not have the book and a librarian looks into it.</param>
internal sealed record PlacedRequest(Guid Id, long Number, string BookName, RequestState State, bool IsHeld)
{
    public string DisplayNumber => BookRequest.FormatNumber(Number);

    /// <summary>What the patron is told.</summary>
    public string Message => IsHeld
        ? $"You asked for “{BookName}”. A librarian decides soon; your request is {DisplayNumber}."
        : $"“{BookName}” is not in the catalogue. A librarian will see whether it can be had; your request is {DisplayNumber}.";
}
