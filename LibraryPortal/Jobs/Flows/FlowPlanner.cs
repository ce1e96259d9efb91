using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Flows;

/// <summary>Turns a flow as it was written into numbered jobs and the gates between them, and refuses one that no store should see.</summary>
internal sealed class FlowPlanner(EnvelopeFactory envelopes, TimeProvider clock)
{
    const int Deepest = 100;
    const int LongestName = 100;

    static readonly TimeSpan DefaultTtl = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentException">The flow is refused; the message says why.</exception>
    public FlowPlan Plan(Flow flow, Action<FlowOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var options = new FlowOptions();
        configure?.Invoke(options);
        if (!Enum.IsDefined(options.FailureValue))
            throw new ArgumentException($"{options.FailureValue} is not a failure policy; expected one of {string.Join(", ", Enum.GetNames<FlowFailure>())}.", nameof(configure));
        var name = options.NameValue ?? "flow";
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
            throw new ArgumentException($"The name of a flow must have 1 to {LongestName} visible characters.", nameof(configure));

        var draft = new Draft(envelopes, options.IdValue ?? FlowId.New(clock), options.OwnerValue);
        var shape = draft.Place(flow.Root, new Slot(FlowPlace.Start, FlowPlace.Start, FlowPlace.End, PassesOn: true), depth: 0);
        draft.CheckKeys();
        return new FlowPlan
        {
            Id = draft.Id,
            Name = name,
            Owner = EnvelopeFactory.CheckOwner(options.OwnerValue),
            OnFailure = options.FailureValue,
            AcceptedAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
            ResultTtl = draft.Jobs.Count == 0 ? DefaultTtl : draft.Jobs.Max(static job => job.ResultTtl),
            Jobs = draft.Jobs,
            Gates = draft.Gates.ConvertAll(static gate => new FlowGate(gate.Waits, gate.Behind, gate.Results)),
            Shape = shape,
        };
    }

    /// <param name="After">The gate it waits at.</param>
    /// <param name="From">The gate whose results it may read.</param>
    /// <param name="Before">The gate that waits for it.</param>
    /// <param name="PassesOn">Whether its results are for those behind that gate.</param>
    readonly record struct Slot(int After, int From, int Before, bool PassesOn);

    sealed class Gate
    {
        public int Waits { get; set; }
        public List<int> Behind { get; } = [];
        public List<int> Results { get; } = [];
    }

    sealed class Draft(EnvelopeFactory envelopes, FlowId id, string? owner)
    {
        public FlowId Id { get; } = id;

        public List<JobEnvelope> Jobs { get; } = [];

        public List<Gate> Gates { get; } = [new(), new()];

        public FlowNode Place(FlowStep step, Slot slot, int depth)
        {
            if (depth > Deepest)
                throw new ArgumentException($"The flow is nested deeper than {Deepest} levels.", nameof(step));
            return step switch
            {
                JobStep job => PlaceJob(job, slot),
                GroupStep group => PlaceGroup(group, slot, depth),
                ChainStep chain => PlaceChain(chain, slot, depth),
                _ => throw new ArgumentException($"{step.GetType().Name} is no part of a flow.", nameof(step)),
            };
        }

        /// <exception cref="ArgumentException">Two jobs could never both be accepted.</exception>
        public void CheckKeys()
        {
            HashSet<JobId> ids = [];
            HashSet<string> keys = new(StringComparer.Ordinal);
            foreach (var job in Jobs)
            {
                if (!ids.Add(job.Id))
                    throw new ArgumentException($"Two jobs of the flow have the id {job.Id}.", nameof(job));
                if (job.UniqueKey is { } key && !keys.Add(key))
                    throw new ArgumentException($"Two jobs of the flow have the unique key '{key}'.", nameof(job));
            }
        }

        FlowNode PlaceJob(JobStep step, Slot slot)
        {
            if (Jobs.Count == IJobFlows.MostJobs)
                throw new ArgumentException($"The flow has more than {IJobFlows.MostJobs:N0} jobs.", nameof(step));
            var number = Jobs.Count;
            var job = envelopes.Create(step.Args, step.Options);
            Jobs.Add(job with { Owner = job.Owner ?? owner, Flow = new FlowPlace(Id, slot.After, slot.From, slot.Before, step.Into, step.TakesMany) });
            Gates[slot.After].Behind.Add(number);
            Gates[slot.Before].Waits++;
            if (slot.PassesOn)
                Gates[slot.Before].Results.Add(number);
            return new FlowNode(FlowNodeKind.Jobs, number, 1, []);
        }

        FlowNode PlaceGroup(GroupStep group, Slot slot, int depth)
        {
            var first = Jobs.Count;
            var members = Merge(group.Members.Select(member => Place(member, slot, depth + 1)));
            return new FlowNode(FlowNodeKind.Group, first, Jobs.Count - first, members);
        }

        FlowNode PlaceChain(ChainStep chain, Slot slot, int depth)
        {
            var first = Jobs.Count;
            List<FlowNode> nodes = [];
            var steps = Flatten(chain).ToList();
            var last = steps.FindLastIndex(static step => !step.IsEmpty);
            var (after, from) = (slot.After, slot.From);
            for (var i = 0; i < steps.Count; i++)
            {
                if (steps[i].IsEmpty)
                {
                    // Comes to no results, and takes no time.
                    from = FlowPlace.Start;
                    nodes.Add(Place(steps[i], slot, depth + 1));
                    continue;
                }

                var isRead = i == last ? slot.PassesOn && last == steps.Count - 1 : !steps[i + 1].IsEmpty;
                var before = i == last ? slot.Before : AddGate();
                nodes.Add(Place(steps[i], new Slot(after, from, before, isRead), depth + 1));
                (after, from) = (before, before);
            }

            return new FlowNode(FlowNodeKind.Chain, first, Jobs.Count - first, Merge(nodes));
        }

        int AddGate()
        {
            Gates.Add(new Gate());
            return Gates.Count - 1;
        }

        static IEnumerable<FlowStep> Flatten(ChainStep chain) => chain.Steps.SelectMany(static step => step is ChainStep inner ? Flatten(inner) : [step]);

        static List<FlowNode> Merge(IEnumerable<FlowNode> nodes)
        {
            List<FlowNode> merged = [];
            foreach (var node in nodes)
            {
                if (node.Kind == FlowNodeKind.Jobs && merged.Count > 0 && merged[^1] is { Kind: FlowNodeKind.Jobs } jobs)
                    merged[^1] = jobs with { Count = jobs.Count + node.Count };
                else
                    merged.Add(node);
            }

            return merged;
        }
    }
}
