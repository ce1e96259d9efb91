using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Handlers;

namespace LibraryPortal.Tests.Jobs.Client;

/// <summary>Arguments that a person wrote: read strictly, refused in words.</summary>
public sealed class NamedArgsTests
{
    readonly NamedArgs _named;

    public NamedArgsTests()
    {
        var registry = new JobRegistry();
        registry.Add(typeof(SampleJob));
        _named = new NamedArgs(registry);
    }

    [Fact]
    public void Read_GivesTheRecord() =>
        Assert.Equal(new Sample("a", 7, null), _named.Read("test.sample", JsonElement.Parse("""{"title":"a","count":7,"note":null}""")));

    [Theory]
    [InlineData("test.other", "{}", "There is no job named 'test.other'. Known are: test.sample.")]
    [InlineData("test.sample", "[]", "are Array; expected a JSON object such as { \"title\": text, \"count\": number, \"note\": text }")]
    [InlineData("test.sample", """{"title":"a","count":"many","note":""}""", "count has the wrong form")]
    [InlineData("test.sample", """{"title":"a"}""", "something is missing")]
    [InlineData("test.sample", """{"title":null,"count":1,"note":null}""", "wrong form")]
    [InlineData("test.sample", """{"title":"a","count":1,"note":"","extra":1}""", "extra")]
    public void Read_RefusesInWords(string name, string args, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => _named.Read(name, JsonElement.Parse(args))).Message, StringComparison.Ordinal);

    sealed record Sample(string Title, int Count, string? Note) : IJobArgs;

    [Job("test.sample", OnRequestOnly = true)]
    sealed class SampleJob : IJobHandler<Sample>
    {
        public Task RunAsync(Sample args, JobContext job) => Task.CompletedTask;
    }
}
