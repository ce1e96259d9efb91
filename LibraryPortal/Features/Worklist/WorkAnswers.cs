using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;

namespace LibraryPortal.Features.Worklist;

/// <summary>The outcome of one step in the shape of several.</summary>
internal static class WorkAnswers
{
    public static BulkAnswer Of(Guid id, Outcome<RequestAnswer> outcome) => new(id, outcome.Value?.Message ?? outcome.Refusal!.Message, outcome.Refusal);
}
