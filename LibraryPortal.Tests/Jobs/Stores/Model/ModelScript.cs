using FsCheck;
using FsCheck.Fluent;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>A random script, which prints as one command a line and is cut shorter when it fails.</summary>
public sealed class ModelScript(IReadOnlyList<ModelCommand> commands)
{
    static readonly Gen<ModelCommand.Rules> AnyRules =
        from serial in Gen.Choose(0, 2)
        from limit in Gen.Elements<string?>(null, null, JobModel.TwoAtOnce, JobModel.TwoASecond)
        from expires in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(5, 4_000)))
        select new ModelCommand.Rules(serial, limit, expires);

    static readonly Gen<int> Numbers = Gen.Choose(0, 1_000);
    static readonly Gen<int> Workers = Gen.Choose(0, 2);
    static readonly Gen<bool> Sometimes = Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)));

    static Gen<ModelCommand.Spec> Specs(bool withRules) =>
        from queue in Gen.Choose(0, 1)
        from priority in Gen.Choose(0, 3)
        from delay in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Choose(1, 60)), (1, Gen.Choose(500, 9_000)))
        from key in Gen.Frequency((5, Gen.Constant(0)), (2, Gen.Choose(1, 2)))
        from news in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        from rules in Gen.Frequency((withRules ? 1 : 3, Gen.Constant<ModelCommand.Rules?>(null)), (withRules ? 2 : 0, AnyRules.Select(rules => (ModelCommand.Rules?)rules)))
        select new ModelCommand.Spec(queue, priority, delay, key, news, rules);

    // Small enough that several of them end in one script.
    static Gen<FlowSpec> Trees(bool withRules, int depth)
    {
        var job = Specs(withRules).Select(spec => (FlowSpec)new FlowSpec.Job(spec));
        if (depth == 0)
            return job;
        var parts = from count in Gen.Frequency((1, Gen.Constant(0)), (12, Gen.Choose(1, 3))) from trees in Trees(withRules, depth - 1).ListOf(count) select trees.ToList();
        return Gen.Frequency(
            (depth == 2 ? 1 : 3, job), (3, parts.Select(trees => (FlowSpec)new FlowSpec.Chain(trees))), (2, parts.Select(trees => (FlowSpec)new FlowSpec.Group(trees))),
            (2, from trees in parts from callback in job select (FlowSpec)new FlowSpec.Chain([new FlowSpec.Group(trees), callback])));
    }

    // Jobs of flows mostly succeed, or nothing would get further than its first step.
    static Gen<int> Kinds(bool withFlows) => Gen.Frequency((withFlows ? 5 : 0, Gen.Constant(0)), (4, Gen.Choose(0, 6))).ListOf(4)
        .Select(kinds => kinds.Aggregate(0, static (all, kind) => (7 * all) + kind));

    static Gen<ModelCommand> FlowCommands(bool withRules) => Gen.Frequency(
        (9, from tree in Trees(withRules, depth: 2) from goesOn in Gen.Elements(true, false) from twice in Sometimes select (ModelCommand)new ModelCommand.StartFlow(tree, goesOn, twice)),
        (2, from pick in Numbers select (ModelCommand)new ModelCommand.RepeatFlow(pick)),
        (3, from pick in Numbers from twice in Sometimes select (ModelCommand)new ModelCommand.CancelFlow(pick, twice)),
        (5, from pick in Numbers from twice in Sometimes select (ModelCommand)new ModelCommand.RetryFlow(pick, twice)));

    static Gen<ModelCommand> Commands(bool withRules, bool withFlows) => Gen.Frequency(
        (withFlows ? 20 : 0, FlowCommands(withRules)),
        (12, from jobs in Specs(withRules).ListOf().Select(list => list.Take(4).ToList()) from twice in Sometimes select (ModelCommand)new ModelCommand.Enqueue(jobs, twice)),
        (10, from worker in Workers from twice in Sometimes select (ModelCommand)new ModelCommand.Beat(worker, twice)),
        (16, from worker in Workers from count in Gen.Choose(1, 5) from turn in Gen.Choose(0, 7) from lost in Sometimes
             select (ModelCommand)new ModelCommand.Claim(worker, count, turn, lost)),
        (withFlows ? 20 : 14, from worker in Workers from first in Gen.Choose(0, 3) from most in Gen.Choose(1, 4) from kinds in Kinds(withFlows) from rest in Gen.Elements(0, 5, 700, 5_000) from twice in Sometimes
             select (ModelCommand)new ModelCommand.Finish(worker, first, most, kinds, rest, twice)),
        (3, from pick in Numbers select (ModelCommand)new ModelCommand.FinishOld(pick)),
        (2, from worker in Workers from pick in Numbers select (ModelCommand)new ModelCommand.FinishForeign(worker, pick)),
        (3, from worker in Workers from pick in Numbers from done in Gen.Choose(0, 99) select (ModelCommand)new ModelCommand.Report(worker, pick, done)),
        (3, from worker in Workers select (ModelCommand)new ModelCommand.HandBackLost(worker)),
        (5, from pick in Numbers from twice in Sometimes select (ModelCommand)new ModelCommand.Cancel(pick, twice)),
        (4, from pick in Numbers from twice in Sometimes select (ModelCommand)new ModelCommand.Retry(pick, twice)),
        (10, Gen.Frequency((4, Gen.Choose(1, 80)), (3, Gen.Choose(500, 3_500)), (2, Gen.Choose(7_990, 8_010)), (1, Gen.Constant(60_000)), (1, Gen.Constant(-2_000)), (1, Gen.Constant(-20_000)))
            .Select(time => (ModelCommand)new ModelCommand.Pass(time))),
        (6, Gen.Constant((ModelCommand)new ModelCommand.Reap())),
        (3, from queue in Gen.Choose(0, 1) from halt in Gen.Elements(true, false, false) select (ModelCommand)new ModelCommand.Pause(queue, halt)),
        (2, from worker in Workers select (ModelCommand)new ModelCommand.Crash(worker)),
        (1, from worker in Workers select (ModelCommand)new ModelCommand.Leave(worker)),
        (1, Gen.Constant((ModelCommand)new ModelCommand.Forget())),
        (1, Gen.Constant((ModelCommand)new ModelCommand.Reopen())));

    public static Arbitrary<ModelScript> Arbitrary { get; } = Arb.From(
        from length in Gen.Choose(10, 80)
        from withRules in Gen.Elements(true, false)
        from withFlows in Gen.Elements(true, false)
        from commands in Gen.ArrayOf(Commands(withRules, withFlows), length)
        select new ModelScript([new ModelCommand.Beat(0, Twice: false), new ModelCommand.Beat(1, Twice: false), new ModelCommand.Beat(2, Twice: false), .. commands]), static script => script.Shorter());

    public IReadOnlyList<ModelCommand> Steps => commands;

    public override string ToString() => "\n" + string.Join('\n', commands.Select(static command => $"  {command}"));

    /// <summary>Whether some job has a serial key, a limit or an expiry: then a claim may choose, within the rules.</summary>
    public bool HasRules => commands.Any(static command => JobsOf(command).Any(static job => job.Rules is not null));

    public bool HasFlows => commands.Any(static command => command is ModelCommand.StartFlow);

    // First halves and quarters, then command by command, then the jobs of an enqueue or a flow one by one.
    IEnumerable<ModelScript> Shorter()
    {
        for (var size = commands.Count / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from < commands.Count; from += size)
                yield return new ModelScript([.. commands.Take(from), .. commands.Skip(from + size)]);
        }

        for (var i = 0; i < commands.Count; i++)
        {
            foreach (var shorter in Shorter(commands[i]))
                yield return new ModelScript([.. commands.Take(i), shorter, .. commands.Skip(i + 1)]);
        }
    }

    static IEnumerable<ModelCommand> Shorter(ModelCommand command) => command switch
    {
        ModelCommand.Enqueue { Jobs.Count: > 1 } enqueue => enqueue.Jobs.Select(left => enqueue with { Jobs = [.. enqueue.Jobs.Where(job => !ReferenceEquals(job, left))] }),
        ModelCommand.StartFlow start => start.Tree.Shorter().Select(tree => start with { Tree = tree }),
        _ => [],
    };

    static IEnumerable<ModelCommand.Spec> JobsOf(ModelCommand command) => command switch
    {
        ModelCommand.Enqueue enqueue => enqueue.Jobs,
        ModelCommand.StartFlow start => start.Tree.Jobs,
        _ => [],
    };
}
