using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Circulation.Requests;

/// <summary>What a change did, for the person who made it.</summary>
/// <param name="State">The state the request is in now.</param>
/// <param name="Message">One or two sentences: what was done and what to do next.</param>
public sealed record RequestAnswer(RequestState State, string Message);
