using System.Text.Json;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Requests;

/// <summary>Words of the API about requests.</summary>
internal static class RequestWords
{
    /// <summary>The name of the state, as clients write such words: <c>pickup_expired</c>.</summary>
    public static string State(RequestState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());
}
