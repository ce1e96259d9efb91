using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Requests;

/// <summary>What a step did to a request, as API clients are told.</summary>
internal sealed record RequestChanged(string Msg, string State)
{
    public static RequestChanged Of(RequestAnswer done) => new(done.Message, RequestWords.State(done.State));
}

/// <summary>A request just placed, as API clients are told.</summary>
/// <param name="Status">The classic client's word for the state.</param>
internal sealed record BookRequested(string Msg, Guid RequestId, string Number, string? Status, string State, string BookName, bool InCatalogue)
{
    public static BookRequested Of(PlacedRequest done) =>
        new(done.Message, done.Id, done.DisplayNumber, done.State.ClassicWord(), RequestWords.State(done.State), done.BookName, done.IsHeld);
}
