namespace LibraryPortal.Tests.Architecture;

/// <summary>The rules of who may know whom. A broken one names the type, what it mentions, and the reason for the rule.</summary>
public sealed class DependencyTests
{
    const string Root = "LibraryPortal";
    static readonly IReadOnlyDictionary<Type, IReadOnlySet<Type>> References = TypeReferences.Of(typeof(Program).Assembly);

    static readonly DependencyRule[] Rules =
    [
        new($"{Root}.Jobs", "the engine is a library that happens to live here: it knows nothing of the portal, of web or of EF")
        {
            MayKnow = [],
            Never = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore"],
        },
        new($"{Root}.Domain", "the library's rules are plain C#, so that they can be read and tested without anything running")
        {
            MayKnow = [],
            Never = ["Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Extensions", "StackExchange"],
        },
        new($"{Root}.Data", "the database knows the domain and the engine's contract, never a feature or a page")
        {
            MayKnow = [$"{Root}.Domain", $"{Root}.Jobs!", $"{Root}.Jobs.History"],
        },
        new($"{Root}.Live", "notices come from the engine's events and the notice rows; nothing else may be needed to deliver them")
        {
            MayKnow = [$"{Root}.Domain", $"{Root}.Data", $"{Root}.Jobs!", $"{Root}.Jobs.Events", $"{Root}.Identity!"],
        },
        new($"{Root}.Mail", "mail is a room of its own, used by accounts and features alike")
        {
            MayKnow = [$"{Root}.Domain", $"{Root}.Data", $"{Root}.Jobs!"],
        },
        new($"{Root}.Circulation", "use cases that several slices share: they know no page, so that every page can use them")
        {
            MayKnow = [$"{Root}.Domain", $"{Root}.Data", $"{Root}.Live!", $"{Root}.Mail!", $"{Root}.Identity!", $"{Root}.Jobs!", $"{Root}.Jobs.Schedules"],
        },
        new($"{Root}.Components.Shared", "a widget that knows nothing can be used everywhere")
        {
            MayKnow = [$"{Root}.Domain"],
        },
        new($"{Root}.Features", "a slice uses the engine's contract; its stores and worker are not its business")
        {
            Never = [$"{Root}.Jobs.Stores", $"{Root}.Jobs.Worker", $"{Root}.Hosting"],
        },
        new($"{Root}.Features", "only the job console looks into the engine")
        {
            Never = [$"{Root}.Jobs.Inspection"],
            Except = [$"{Root}.Features.JobConsole"],
        },
        new(Root, "one place composes the program; nothing depends on it")
        {
            Never = [$"{Root}.Hosting"],
            Except = [$"{Root}.Hosting"],
        },
        new(Root, "Redis is reached through the engine's store, the relay of notices and the composition root only")
        {
            Never = ["StackExchange.Redis"],
            Except = [$"{Root}.Jobs.Stores.Redis", $"{Root}.Live", $"{Root}.Hosting"],
        },
        new($"{Root}.Jobs", "SQL for jobs has one place")
        {
            Never = ["Microsoft.Data.Sqlite"],
            Except = [$"{Root}.Jobs.Stores.Sqlite"],
        },
    ];

    public static TheoryData<int, string, string> RuleRows()
    {
        var rows = new TheoryData<int, string, string>();
        for (var i = 0; i < Rules.Length; i++)
            rows.Add(i, Rules[i].From, Rules[i].Reason);
        return rows;
    }

    [Theory]
    [MemberData(nameof(RuleRows))]
    public void Namespace_KnowsOnlyWhatItMay(int rule, string from, string reason)
    {
        var broken = from pair in References
                     where Rules[rule].Binds(pair.Key)
                     from mentioned in pair.Value
                     where Rules[rule].Forbids(mentioned)
                     select $"{pair.Key.FullName} mentions {mentioned.FullName}";
        Broken.AssertNone(broken, $"{from}: {reason}.");
    }

    [Fact]
    public void Slice_DoesNotKnowAnotherSlice()
    {
        var broken = from pair in References
                     let own = Slice(pair.Key)
                     where own is not null
                     from mentioned in pair.Value
                     let other = Slice(mentioned)
                     where other is not null && other != own
                     select $"{pair.Key.FullName} mentions {mentioned.FullName}";
        Broken.AssertNone(broken, "A slice never uses another slice's pages, jobs or endpoints: what both need belongs in Domain, Data, Live or Components.Shared.");
    }

    [Fact]
    public void Component_DoesNotTouchTheDatabase()
    {
        var broken = from pair in References
                     where typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(pair.Key)
                     from mentioned in pair.Value
                     where typeof(Microsoft.EntityFrameworkCore.DbContext).IsAssignableFrom(mentioned)
                         || mentioned == typeof(Microsoft.EntityFrameworkCore.IDbContextFactory<>)
                     select $"{pair.Key.FullName} mentions {mentioned.FullName}";
        Broken.AssertNone(broken, "A page asks a use case: authorisation and queries live there.");
    }

    static string? Slice(Type type) =>
        type.Namespace is { } space && space.StartsWith($"{Root}.Features.", StringComparison.Ordinal) ? space.Split('.')[2] : null;
}
