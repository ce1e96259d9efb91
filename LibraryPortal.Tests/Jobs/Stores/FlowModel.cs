using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>A flow as plain data: a tree whose leaves say how they will end, and what then should become of every other one.</summary>
/// <param name="Key">Of a leaf; else empty.</param>
/// <param name="Succeeds">Of a leaf that gets to run.</param>
internal sealed record FlowModel(FlowModel.Form Is, string Key, bool Succeeds, IReadOnlyList<FlowModel> Parts)
{
    internal enum Form
    {
        Job,
        Chain,
        Group,
    }

    public IEnumerable<FlowModel> Jobs => Is == Form.Job ? [this] : Parts.SelectMany(part => part.Jobs);

    bool IsEmpty => !Jobs.Any();

    public Flow ToFlow(Action<JobOptions> options) => Is switch
    {
        Form.Job => FlowPlans.Job(Key, options),
        Form.Chain => Flow.Chain(Parts.Select(part => part.ToFlow(options))),
        _ => Flow.Group(Parts.Select(part => part.ToFlow(options))),
    };

    /// <summary>Every job's end in a flow that goes on, and whether the whole comes to something: a part does when any of the last jobs in it succeeds.</summary>
    public (bool Succeeds, IReadOnlyDictionary<string, JobState> Ends) PlayToTheEnd()
    {
        Dictionary<string, JobState> ends = [];
        return (Play(true, ends) || IsEmpty, ends);
    }

    /// <summary>The jobs of which one at least must have succeeded before each may start: none for those that start at once.</summary>
    public IReadOnlyDictionary<string, string[]> Needs()
    {
        Dictionary<string, string[]> needs = [];
        CollectNeeds([], needs);
        return needs;
    }

    bool Play(bool runs, Dictionary<string, JobState> ends)
    {
        switch (Is)
        {
            case Form.Job:
                ends[Key] = !runs ? JobState.Cancelled : Succeeds ? JobState.Succeeded : JobState.Failed;
                return runs && Succeeds;
            case Form.Group:
                // Each member is played, whatever the others come to; one without jobs comes to nothing.
                return Parts.Where(part => !part.IsEmpty).Select(part => part.Play(runs, ends)).ToList().Contains(true);
            default:
                foreach (var part in Parts.Where(part => !part.IsEmpty))
                    runs = part.Play(runs, ends);
                return runs;
        }
    }

    // Returns the last jobs of the part.
    string[] CollectNeeds(string[] before, Dictionary<string, string[]> needs)
    {
        switch (Is)
        {
            case Form.Job:
                needs[Key] = before;
                return [Key];
            case Form.Group:
                return [.. Parts.SelectMany(part => part.CollectNeeds(before, needs))];
            default:
                var last = before;
                foreach (var part in Parts.Where(part => !part.IsEmpty))
                    last = part.CollectNeeds(last, needs);
                return IsEmpty ? [] : last;
        }
    }
}
