using LibraryPortal.Domain;

namespace LibraryPortal.Circulation.Requests;

/// <summary>What became of one of several requests.</summary>
/// <param name="Message">The sentence to show, of the step or of its refusal.</param>
/// <param name="Refusal">Null when it was done.</param>
public sealed record BulkAnswer(Guid Id, string Message, Refusal? Refusal);
