using System.Linq.Expressions;
using System.Text.Json.Serialization;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Flows;
using LibraryPortal.Tests.Jobs.Engine;

namespace LibraryPortal.Tests.Jobs.Flows;

/// <summary>Which lambdas of a flow are taken, and what is said of those that do more than hand a result over.</summary>
public sealed class ResultTakerTests
{
    static readonly IReadOnlyList<string> Others = ["x"];

    public static TheoryData<LambdaExpression> DoMore =>
    [
        Text(part => new Script(part + "!")), Text(part => new Join(part, null, part)), Text(part => new Script(part) { Key = part }), Text(part => Make(part)),
        Text(part => new Join("a", new[] { part }, null)), Text(part => part.Length > 3 ? new Script(part) : new Script("short")),
        Text(part => new Join("a", Others.Where(other => other == part).ToList(), null)),
        Many(parts => new Join("a", parts.Order().ToList(), null)), Many(parts => new Join("a", null, parts[0])), Many(parts => new Join($"{parts.Count}", parts, null)),
        // No conversion ever happens: the JSON of the result is handed on as it is.
        Of<Isbn>(isbn => new Script(isbn)), Of<double>(number => new Counted((long)number)), Of<int?>(number => new Counted((long)number!)),
        Of<FlowFailure>(word => new Counted((long)word)), Of<object>(thing => new Script((string)thing)), Of<char>(letter => new Counted(letter)),
        Of<ulong>(number => new Counted((long)number)),
    ];

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(DoMore))]
    public void Read_OfALambdaThatDoesMoreThanHandOver_IsRefused(LambdaExpression lambda)
    {
        var thrown = Assert.Throws<ArgumentException>(() => ResultTaker.Read(lambda));

        Assert.StartsWith(
            $"'{lambda}' does something else with the result of the step before; expected a new record that takes the result whole, such as 'title => new IndexTitle(title)'.",
            thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flow_WithALambdaThatDoesMoreThanHandOver_CannotEvenBeMade()
    {
        var one = Flow.Job(new Script("a"));
        var many = Flow.Group([new Script("a")]);

        Assert.Throws<ArgumentException>(() => one.Then(part => new Script(part + "!")));
        Assert.Throws<ArgumentException>(() => many.Then(parts => new Script(parts[0])));
        Assert.Throws<ArgumentException>(() => Flow.Chord(many, parts => new Script(parts[0])));
    }

    [Fact]
    public void Read_OfALambdaThatMakesNothing_IsRefused()
    {
        var thrown = Assert.Throws<ArgumentException>(() => ResultTaker.Read(Text(_ => null!)));

        Assert.StartsWith("'_ => null' makes no arguments; expected a new record", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAMemberThatIsNotInTheJson_IsRefused()
    {
        foreach (var (lambda, member) in new[] { (Text(part => new Hidden(part)), "Hidden.Part"), (Text(part => new Hidden("a") { Also = part }), "Hidden.Also"), (Text(part => new Deaf(part)), "Deaf.Part") })
        {
            var thrown = Assert.Throws<ArgumentException>(() => ResultTaker.Read(lambda));

            Assert.StartsWith($"{member} is not read from JSON, so it cannot take the result of the step before.", thrown.Message, StringComparison.Ordinal);
        }
    }

    public static TheoryData<LambdaExpression, string?> HandsOver => new()
    {
        { Text(part => new Script(part)), "key" },
        { Text(part => new Join("a", null, null) { Part = part }), "part" },
        { Text(_ => new Script("a")), null },
        { Text(part => new Named(part)), "called" },
        { Many(parts => new Join("a", parts, null)), "parts" },
        { Of<List<string>>(parts => new Join("a", parts, null)), "parts" },
        { Of<long>(number => new Counted(number)), "number" },
        { Of<int>(number => new Counted(number)), "number" },
        { Of<uint>(number => new Counted(number)), "number" },
        { Of<sbyte>(number => new Counted(number)), "number" },
        { Of<int>(number => new Maybe(number)), "number" },
        { Of<int?>(number => new Maybe(number)), "number" },
        { Of<float>(number => new Maybe(number)), "number" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(HandsOver))]
    public void Read_OfALambdaThatHandsOver_NamesTheMemberAsInItsJson(LambdaExpression lambda, string? into) => Assert.Equal(into, ResultTaker.Read(lambda).Into);

    static Expression<Func<string, IJobArgs>> Text(Expression<Func<string, IJobArgs>> lambda) => lambda;

    static Expression<Func<IReadOnlyList<string>, IJobArgs>> Many(Expression<Func<IReadOnlyList<string>, IJobArgs>> lambda) => lambda;

    static Expression<Func<T, IJobArgs>> Of<T>(Expression<Func<T, IJobArgs>> lambda) => lambda;

    static Script Make(string part) => new(part);

    public sealed record Counted(long Number) : IJobArgs;

    public sealed record Maybe(double? Number) : IJobArgs;

    public sealed record Named([property: JsonPropertyName("called")] string Name) : IJobArgs;

    public sealed record Hidden([property: JsonIgnore] string Part) : IJobArgs
    {
        [JsonIgnore]
        public string? Also { get; init; }
    }

    /// <summary>Written, but made without its part when it is read.</summary>
    public sealed record Deaf : IJobArgs
    {
        public Deaf()
        {
        }

        public Deaf(string part) => Part = part;

        public string? Part { get; }
    }

    public sealed record Isbn(string Digits)
    {
        public static implicit operator string(Isbn isbn) => isbn.Digits;
    }
}
