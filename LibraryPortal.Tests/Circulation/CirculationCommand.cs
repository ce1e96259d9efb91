using FsCheck;
using FsCheck.Fluent;

namespace LibraryPortal.Tests.Circulation;

/// <summary>One random step; the numbers pick a reader, a title, a copy or a request when it runs.</summary>
sealed record CirculationCommand(string Verb, int First, int Second)
{
    static readonly (int Weight, string Verb)[] Verbs =
    [
        (6, "request"), (6, "approve"), (4, "lend"), (3, "lend copy"), (5, "return"), (2, "cancel"), (2, "undo cancel"), (2, "pause"), (2, "resume"), (1, "decline"),
        (2, "wish"), (2, "link"), (2, "needed until"), (1, "closure"),
        (2, "undo return"), (2, "undo lend"), (1, "renew"), (1, "lost"), (1, "found"), (1, "repair"), (2, "shelve"), (1, "night"),
    ];

    /// <summary>What several people do at the same time.</summary>
    public static Gen<IReadOnlyList<IReadOnlyList<CirculationCommand>>> Script(int people) =>
        One().ListOf().ListOf(people).Select(lists => (IReadOnlyList<IReadOnlyList<CirculationCommand>>)[.. lists.Select(list => (IReadOnlyList<CirculationCommand>)[.. list])]);

    static Gen<CirculationCommand> One() =>
        from verb in Gen.Frequency([.. Verbs.Select(verb => (verb.Weight, Gen.Constant(verb.Verb)))])
        from first in Gen.Choose(0, 1_000)
        from second in Gen.Choose(0, 1_000)
        select new CirculationCommand(verb, first, second);
}
