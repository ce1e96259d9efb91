using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Requests;

/// <summary>Approves several requests in the order given, each with an answer of its own: one that is refused does not hold up the others.</summary>
internal sealed class ApproveRequests(ApproveRequest approve)
{
    public async Task<IReadOnlyList<BulkAnswer>> RunAsync(Caller caller, IReadOnlyList<Guid> requestIds, CancellationToken cancellationToken = default)
    {
        List<BulkAnswer> answers = [];
        foreach (var id in requestIds.Distinct())
        {
            var outcome = await approve.RunAsync(caller, id, cancellationToken: cancellationToken);
            answers.Add(new BulkAnswer(id, outcome.Value?.Message ?? outcome.Refusal!.Message, outcome.Refusal));
        }

        return answers;
    }
}
