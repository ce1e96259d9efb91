using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Worker;
using LibraryPortal.Tests.Jobs.Stores.Redis;

namespace LibraryPortal.Tests.Jobs.Worker;

/// <summary>What work is known by: the job, and its arguments once they are others than those it was accepted with.</summary>
public sealed class EditedWorkTests
{
    readonly JobEnvelope _job = RedisStoreTest.Job() with { Args = Json("""{"text":"ü","number":1}""") };

    [Fact]
    public void IdOf_AJobAsAccepted_IsItsId()
    {
        Assert.Equal(_job.Id, EditedWork.IdOf(_job));
        // Edited back to what it was, in whatever order it was written.
        Assert.Equal(_job.Id, EditedWork.IdOf(_job with { OriginalArgs = Json("""{"number":1,"text":"\u00fc"}""") }));
    }

    [Fact]
    public void IdOf_AnEditedJob_FollowsFromTheJobAndItsArguments()
    {
        var edited = _job with { Args = Json("""{"text":"ü","number":2}"""), OriginalArgs = _job.Args };
        var id = EditedWork.IdOf(edited);

        Assert.NotEqual(_job.Id, id);
        Assert.Equal(id, EditedWork.IdOf(edited with { Args = Json("""{ "text": "\u00fc", "number": 2 }""") }));
        Assert.NotEqual(id, EditedWork.IdOf(edited with { Args = Json("""{"text":"ü","number":3}""") }));
        Assert.NotEqual(id, EditedWork.IdOf(edited with { Id = JobId.New() }));
        Assert.Equal(8, id.Value.Version);
    }

    static JsonElement Json(string text) => JsonElement.Parse(text);
}
