using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Circulation.Story;

/// <summary>A request and what happened to it.</summary>
/// <param name="Number">As people read it: R-000042.</param>
/// <param name="TitleId">Null: the library does not hold the book.</param>
/// <param name="Lines">The oldest first.</param>
public sealed record RequestStory(Guid Id, string Number, int? TitleId, string BookName, RequestState State, IReadOnlyList<StoryLine> Lines);
