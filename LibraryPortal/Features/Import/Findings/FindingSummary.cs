namespace LibraryPortal.Features.Import.Findings;

/// <summary>How often each reason was found, with the first examples. Grows with the reasons, never with the rows.</summary>
internal sealed class FindingSummary
{
    readonly Dictionary<(FindingKind Kind, string Reason), Group> _groups = [];

    /// <param name="examples">Of each reason.</param>
    public static async Task<FindingSummary> OfAsync(IAsyncEnumerable<Finding> findings, int examples, CancellationToken cancellationToken)
    {
        var summary = new FindingSummary();
        await foreach (var finding in findings.WithCancellation(cancellationToken))
        {
            if (!summary._groups.TryGetValue((finding.Kind, finding.Reason), out var group))
                summary._groups[(finding.Kind, finding.Reason)] = group = new Group(finding.Kind, finding.Reason);
            group.Count++;
            if (group.Examples.Count < examples)
                group.Examples.Add(finding);
        }

        return summary;
    }

    /// <summary>The gravest first, then the most frequent.</summary>
    public IEnumerable<Group> Groups => _groups.Values.OrderByDescending(group => group.Kind).ThenByDescending(group => group.Count);

    internal sealed class Group(FindingKind kind, string reason)
    {
        public FindingKind Kind => kind;

        public string Reason => reason;

        public int Count { get; set; }

        public List<Finding> Examples { get; } = [];
    }
}
