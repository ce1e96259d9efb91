using System.Text;
using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

public sealed class EnvelopeCodecTests
{
    static readonly JobEnvelope Full = new()
    {
        Id = JobId.New(),
        Name = "reports.export",
        Queue = "reports",
        Priority = JobPriority.High,
        Args = JsonSerializer.SerializeToElement(new { title = "Übung \"1\"\n", list = new[] { 1, 2 }, none = (string?)null }),
        EnqueuedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_793_000_000_123),
        DueAt = DateTimeOffset.FromUnixTimeMilliseconds(1_793_000_060_123),
        Retry = new RetryPolicy(7, TimeSpan.FromMilliseconds(1_500), TimeSpan.FromHours(2)),
        UniqueKey = "export:7",
        Owner = "ana",
        Tags = ["a", "ü"],
        ResultTtl = TimeSpan.FromDays(3),
        ScheduledFor = DateTimeOffset.FromUnixTimeMilliseconds(1_793_000_060_000),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(1_793_000_090_123),
        TimeLimit = TimeSpan.FromMilliseconds(30_500),
        TimeLimitGrace = TimeSpan.FromSeconds(3),
        SerialKey = "ana's \"account\"",
        Limits = ["mail.provider", "disk"],
        ArgsVersion = 4,
        KeepsHistory = true,
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheSameEnvelope()
    {
        var read = EnvelopeCodec.Read(EnvelopeCodec.Write(Full));

        // JSON elements and lists have no equality of their own.
        Assert.Equal(Full with { Args = default, Tags = [], Limits = [] }, read with { Args = default, Tags = [], Limits = [] });
        Assert.True(JsonElement.DeepEquals(Full.Args, read.Args));
        Assert.Equal(Full.Tags, read.Tags);
        Assert.Equal(Full.Limits, read.Limits);
    }

    [Fact]
    public void Read_OfASparseEnvelope_LeavesOptionalsOut()
    {
        var sparse = Full with { DueAt = null, UniqueKey = null, Owner = null, Tags = [], ScheduledFor = null, TraceParent = null, ExpiresAt = null, TimeLimit = null,
            TimeLimitGrace = TimeSpan.FromSeconds(10), SerialKey = null, Limits = [], ArgsVersion = 1, KeepsHistory = false };

        var read = EnvelopeCodec.Read(EnvelopeCodec.Write(sparse));

        Assert.Equal(sparse with { Args = default, Tags = [], Limits = [] }, read with { Args = default, Tags = [], Limits = [] });
        Assert.Empty(read.Tags);
    }

    [Fact]
    public void Read_WithMembersOfALaterVersion_SkipsThem()
    {
        var text = Encoding.UTF8.GetString(EnvelopeCodec.Write(Full));

        var read = EnvelopeCodec.Read(Encoding.UTF8.GetBytes("{\"serial\":{\"x\":[1]},\"z\":[[2]]," + text[1..]));

        Assert.Equal(Full.Id, read.Id);
    }

    [Theory]
    [InlineData("{\"k\":2,\"i\":", 2)]
    [InlineData("{ \"k\" : 12, and what nobody knows yet", 12)]
    [InlineData("{\"k\":1,\"i\":7}", 1)]
    [InlineData("{\"i\":7,\"k\":2}", 1)]
    [InlineData("{\"k\":\"2\"}", 1)]
    [InlineData("{}", 1)]
    [InlineData("not json", 1)]
    public void FormOf_IsWhatTheFirstMemberSays_AndElseTheFirst(string stored, int form) => Assert.Equal(form, EnvelopeCodec.FormOf(Encoding.UTF8.GetBytes(stored)));

    [Fact]
    public void Read_OfALaterForm_IsRefused_HoweverMuchOfItLooksFamiliar()
    {
        var text = Encoding.UTF8.GetString(EnvelopeCodec.Write(Full));

        Assert.Null(EnvelopeCodec.TryRead(Encoding.UTF8.GetBytes("{\"k\":2," + text[1..]), out var why));
        Assert.Contains("form 2", why, StringComparison.Ordinal);
        Assert.NotNull(EnvelopeCodec.TryRead(Encoding.UTF8.GetBytes("{\"k\":1," + text[1..]), out _));
        Assert.Equal(1, EnvelopeCodec.FormOf(EnvelopeCodec.Write(Full)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    public void Read_OfSomethingElse_Throws(string blob) =>
        Assert.ThrowsAny<JsonException>(() => EnvelopeCodec.Read(Encoding.UTF8.GetBytes(blob)));

    [Fact]
    public void MayHaveGates_OfAnyJobThatHasThem_IsTrue_AndOfAPlainOneFalse()
    {
        var plain = Full with { SerialKey = null, Limits = [] };

        Assert.True(EnvelopeCodec.MayHaveGates(EnvelopeCodec.Write(plain with { SerialKey = "a" })));
        Assert.True(EnvelopeCodec.MayHaveGates(EnvelopeCodec.Write(plain with { Limits = ["mail"] })));
        Assert.False(EnvelopeCodec.MayHaveGates(EnvelopeCodec.Write(plain)));
    }

    [Fact]
    public void OutboxForm_RoundTrips()
    {
        var read = JsonSerializer.Deserialize<JobEnvelope>(JsonSerializer.Serialize(Full, JobJson.Options), JobJson.Options)!;

        Assert.Equal(EnvelopeCodec.Write(Full), EnvelopeCodec.Write(read));
    }
}
