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

    static Gen<ModelCommand> Commands(bool withRules) => Gen.Frequency(
        (12, from jobs in Specs(withRules).ListOf().Select(list => list.Take(4).ToList()) from twice in Sometimes select (ModelCommand)new ModelCommand.Enqueue(jobs, twice)),
        (10, from worker in Workers from twice in Sometimes select (ModelCommand)new ModelCommand.Beat(worker, twice)),
        (16, from worker in Workers from count in Gen.Choose(1, 5) from turn in Gen.Choose(0, 7) from lost in Sometimes
             select (ModelCommand)new ModelCommand.Claim(worker, count, turn, lost)),
        (14, from worker in Workers from most in Gen.Choose(1, 4) from kinds in Gen.Choose(0, 2_400) from rest in Gen.Elements(0, 5, 700, 5_000) from twice in Sometimes
             select (ModelCommand)new ModelCommand.Finish(worker, most, kinds, rest, twice)),
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
        from commands in Gen.ArrayOf(Commands(withRules), length)
        select new ModelScript([new ModelCommand.Beat(0, Twice: false), new ModelCommand.Beat(1, Twice: false), new ModelCommand.Beat(2, Twice: false), .. commands]), static script => script.Shorter());

    public IReadOnlyList<ModelCommand> Steps => commands;

    public override string ToString() => "\n" + string.Join('\n', commands.Select(static command => $"  {command}"));

    /// <summary>Whether some job has a serial key, a limit or an expiry: then a claim may choose, within the rules.</summary>
    public bool HasRules => commands.OfType<ModelCommand.Enqueue>().Any(enqueue => enqueue.Jobs.Any(job => job.Rules is not null));

    // First halves and quarters, then command by command, then the jobs of an enqueue one by one.
    IEnumerable<ModelScript> Shorter()
    {
        for (var size = commands.Count / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from < commands.Count; from += size)
                yield return new ModelScript([.. commands.Take(from), .. commands.Skip(from + size)]);
        }

        for (var i = 0; i < commands.Count; i++)
        {
            if (commands[i] is not ModelCommand.Enqueue { Jobs.Count: > 1 } enqueue)
                continue;
            foreach (var left in enqueue.Jobs)
                yield return new ModelScript([.. commands.Take(i), enqueue with { Jobs = [.. enqueue.Jobs.Where(job => !ReferenceEquals(job, left))] }, .. commands.Skip(i + 1)]);
        }
    }
}
