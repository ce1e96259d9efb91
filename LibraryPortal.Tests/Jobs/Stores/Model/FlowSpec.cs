using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>A small flow of a random script: a tree whose leaves are jobs.</summary>
public abstract record FlowSpec
{
    /// <summary>Its leaves, in the order they are numbered.</summary>
    public abstract IReadOnlyList<ModelCommand.Spec> Jobs { get; }

    public abstract Flow ToFlow();

    /// <summary>The same tree with less in it, in each way there is.</summary>
    public abstract IEnumerable<FlowSpec> Shorter();

    /// <summary>For each job the numbers of those that must have ended before it starts: all of the part before, as its author reads it.</summary>
    public IReadOnlyList<int[]> Before()
    {
        List<int[]> before = [];
        Number([], before);
        return before;
    }

    /// <summary>Adds what its jobs wait for, and says which they are.</summary>
    protected abstract int[] Number(int[] waitsFor, List<int[]> before);

    public sealed record Job(ModelCommand.Spec Spec) : FlowSpec
    {
        public override IReadOnlyList<ModelCommand.Spec> Jobs => [Spec];

        public override Flow ToFlow() => FlowPlans.Job("");

        public override IEnumerable<FlowSpec> Shorter() => [];

        public override string ToString() => $"{Spec}";

        protected override int[] Number(int[] waitsFor, List<int[]> before)
        {
            before.Add(waitsFor);
            return [before.Count - 1];
        }
    }

    public sealed record Chain(IReadOnlyList<FlowSpec> Parts) : FlowSpec
    {
        public override IReadOnlyList<ModelCommand.Spec> Jobs => [.. Parts.SelectMany(part => part.Jobs)];

        public override Flow ToFlow() => Flow.Chain(Parts.Select(part => part.ToFlow()));

        public override IEnumerable<FlowSpec> Shorter() => Fewer(Parts, parts => new Chain(parts));

        public override string ToString() => $"[{string.Join(" > ", Parts)}]";

        protected override int[] Number(int[] waitsFor, List<int[]> before)
        {
            List<int> all = [];
            foreach (var part in Parts)
            {
                if (part.Number(waitsFor, before) is not { Length: > 0 } jobs)
                    continue;
                all.AddRange(jobs);
                waitsFor = jobs;
            }

            return [.. all];
        }
    }

    public sealed record Group(IReadOnlyList<FlowSpec> Parts) : FlowSpec
    {
        public override IReadOnlyList<ModelCommand.Spec> Jobs => [.. Parts.SelectMany(part => part.Jobs)];

        public override Flow ToFlow() => Flow.Group(Parts.Select(part => part.ToFlow()));

        public override IEnumerable<FlowSpec> Shorter() => Fewer(Parts, parts => new Group(parts));

        public override string ToString() => $"({string.Join(" | ", Parts)})";

        protected override int[] Number(int[] waitsFor, List<int[]> before) => [.. Parts.SelectMany(part => part.Number(waitsFor, before))];
    }

    // One part alone, then without each of them, then each of them shorter.
    static IEnumerable<FlowSpec> Fewer(IReadOnlyList<FlowSpec> parts, Func<IReadOnlyList<FlowSpec>, FlowSpec> build)
    {
        foreach (var part in parts)
            yield return part;
        for (var i = 0; i < parts.Count; i++)
            yield return build([.. parts.Take(i), .. parts.Skip(i + 1)]);
        for (var i = 0; i < parts.Count; i++)
        {
            foreach (var shorter in parts[i].Shorter())
                yield return build([.. parts.Take(i), shorter, .. parts.Skip(i + 1)]);
        }
    }
}
