using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole;

/// <summary>A flow with the first of its jobs as they are now.</summary>
public sealed record JobFlow(FlowTree Tree, IReadOnlyList<FlowJob> Jobs)
{
    /// <summary>True when every job of a part is among <see cref="Jobs"/>.</summary>
    public bool HasAll(FlowNode node) => node.First + node.Count <= Jobs.Count;

    /// <summary>The jobs of a part, as far as they are read.</summary>
    public IEnumerable<FlowJob> Of(FlowNode node) => Jobs.Skip(node.First).Take(node.Count);

    /// <summary>What a part as a whole is: the worst that became of its jobs, or else how far they are.</summary>
    public JobState StateOf(FlowNode node)
    {
        var states = Of(node).Select(static job => job.State).ToList();
        foreach (var state in (JobState[])[JobState.Failed, JobState.Quarantined, JobState.Expired, JobState.Cancelled, JobState.Running])
        {
            if (states.Contains(state))
                return state;
        }

        var ended = states.Count(static state => state == JobState.Succeeded);
        if (ended == states.Count)
            return JobState.Succeeded;
        // Some are through and others are on their way: the part is under way, though nothing of it runs this moment.
        return ended > 0 ? JobState.Running : states.Contains(JobState.Queued) ? JobState.Queued : states.Contains(JobState.Scheduled) ? JobState.Scheduled : JobState.Waiting;
    }

    /// <summary>How a part is called: by the way its parts follow one another.</summary>
    public static string NameOf(FlowNode node) => node switch
    {
        { Kind: FlowNodeKind.Group } => "Side by side",
        { Kind: FlowNodeKind.Chain } when IsChord(node) => "Side by side, then a job with what came of it",
        { Kind: FlowNodeKind.Chain } => "One after the other",
        _ => "Jobs",
    };

    /// <summary>How far a part is, in words.</summary>
    public string SayOf(FlowNode node)
    {
        var jobs = node.Count == 1 ? "1 job" : $"{node.Count:N0} jobs";
        if (!HasAll(node))
            return jobs;
        var ended = Of(node).Count(static job => job.State.IsFinal());
        return ended == node.Count ? $"{jobs}, all ended" : $"{jobs}, {ended:N0} ended";
    }

    // A group, and one job behind it.
    static bool IsChord(FlowNode node) => node.Children is [{ Kind: FlowNodeKind.Group }, { Kind: FlowNodeKind.Jobs, Count: 1 }];
}
