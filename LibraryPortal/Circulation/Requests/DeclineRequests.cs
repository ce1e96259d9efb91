using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Requests;

/// <summary>Declines several requests for one reason, each with an answer of its own.</summary>
internal sealed class DeclineRequests(DeclineRequest decline)
{
    public async Task<IReadOnlyList<BulkAnswer>> RunAsync(Caller caller, IReadOnlyList<Guid> requestIds, string? reason, CancellationToken cancellationToken = default)
    {
        List<BulkAnswer> answers = [];
        foreach (var id in requestIds.Distinct())
        {
            var outcome = await decline.RunAsync(caller, id, reason, cancellationToken);
            answers.Add(new BulkAnswer(id, outcome.Value?.Message ?? outcome.Refusal!.Message, outcome.Refusal));
        }

        return answers;
    }
}
