using System.Text.Json;
using LibraryPortal.Circulation.Story;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Hosting.JobCommands;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Hosting.JobCommands;

public sealed class EnqueueJobTests
{
    [Fact]
    public async Task Enqueue_IsWrittenDown_WithoutTheOwnersId_AndNoArguments()
    {
        await using var rig = await CommandRig.CreateAsync();

        var first = await rig.ReadAsync("jobs", "enqueue", "diagnostics.fail", """{"message":"a secret"}""", "--owner", "ada-7", "--unique", "once");
        var second = await rig.ReadAsync("jobs", "enqueue", "diagnostics.fail", """{"message":"a secret"}""", "--unique", "once");

        Assert.False(second.GetProperty("isNew").GetBoolean());
        // The second made none.
        var entry = Assert.Single(rig.Audit());
        Assert.Equal(("job.enqueued", first.GetProperty("id").GetString(), "The operator"), (entry.Action, entry.SubjectId, entry.ActorName));
        Assert.Equal("""{"queue":"diagnostics","forAnAccount":"yes"}""", entry.After);
        Assert.Equal("The operator queued the job diagnostics.fail in the name of an account.", AuditSentence.Of(entry, LibraryZone.Utc));
    }

    [Theory]
    [InlineData("""{"queue":"mail"}""", "anna queued the job mail.send.")]
    [InlineData("""{"queue":"mail","forAnAccount":"yes"}""", "anna queued the job mail.send in the name of an account.")]
    // As versions wrote it that kept whose it was.
    [InlineData("""{"queue":"mail","owner":"ada-7"}""", "anna queued the job mail.send in the name of an account.")]
    public void Entry_OfThisOrOfAnEarlierVersion_TellsOfAnAccount_AndNeverWhose(string after, string sentence) => Assert.Equal(
        sentence,
        AuditSentence.Of(
            new AuditEntry
            {
                At = default, ActorId = "1", ActorName = "anna", Action = "job.enqueued", SubjectKind = AuditSubject.Job, SubjectId = "2", SubjectName = "mail.send", After = after,
            },
            LibraryZone.Utc));

    [Fact]
    public async Task Enqueue_WhereTheLibraryIsOutOfReach_IsKeptInTheHistoryAllTheSame()
    {
        await using var rig = await CommandRig.CreateAsync();
        File.Delete(Path.Combine(rig.Folder, "library.db"));

        var accepted = await rig.ReadAsync("jobs", "enqueue", "circulation.nightly");

        var job = await rig.Engine.GetRequiredService<IJobClient>().FindAsync(JobId.Parse(accepted.GetProperty("id").GetString()!, null));
        Assert.True(job!.Envelope.KeepsHistory);
    }

    [Fact]
    public async Task History_WhereTheLibraryIsOutOfReach_SaysSo()
    {
        await using var rig = await CommandRig.CreateAsync();
        File.Delete(Path.Combine(rig.Folder, "library.db"));

        var sentence = await rig.RefusedAsync(3, "jobs", "history", "--json");

        Assert.Equal($"There is no history of jobs in {Path.Combine(rig.Folder, "library.db")}: give the portal's own --DataDirectory, or --ConnectionStrings:Library.", sentence);
    }

    [Theory]
    [InlineData("-00:00:30")]
    [InlineData("30")]
    public async Task Wait_ThatCannotBeUsed_IsRefusedBeforeAnythingIsAccepted(string wait)
    {
        await using var rig = await CommandRig.CreateAsync();

        var sentence = await rig.RefusedAsync(2, "jobs", "enqueue", "diagnostics.noop", $"--wait={wait}");

        Assert.Equal($"--wait is '{wait}'; expected a number with its unit, such as 30s, 5m, 2h or 1d, or hh:mm:ss.", sentence);
        Assert.Equal(0, (await rig.Engine.GetRequiredService<IJobInspector>().CountAsync())[JobState.Queued]);
    }

    [Fact]
    public async Task Wait_InVain_StillTellsWhichJobItIs()
    {
        await using var rig = await CommandRig.CreateAsync();

        var (code, output, errors) = await rig.RunAsync("jobs", "enqueue", "diagnostics.noop", "--wait", "1ms", "--json");

        var accepted = JsonElement.Parse(output);
        Assert.True(accepted.GetProperty("isNew").GetBoolean());
        Assert.False(accepted.TryGetProperty("job", out _));
        Assert.Equal(1, code);
        Assert.Contains($"{accepted.GetProperty("id").GetString()} was not finished within", errors, StringComparison.Ordinal);

        var people = await rig.RunAsync("jobs", "enqueue", "diagnostics.noop", "--wait", "1ms");

        Assert.Equal(1, people.Code);
        Assert.Equal($"Job {rig.Audit()[1].SubjectId} (diagnostics.noop) is accepted.\n", people.Output);
    }

    [Fact]
    public async Task Arguments_ThatSomebodyStillTypes_AreNotWaitedForOnceTheCommandIsStopped()
    {
        using var stop = new CancellationTokenSource();
        using var typing = new Typing();
        var read = Task.Run(() => EnqueueJob.ReadAsync("-", TextReader.Synchronized(typing), stop.Token));
        await typing.HasBegun;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Eventually.Deadline));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Wait_ThatIsStopped_StillTellsWhichJobItIs()
    {
        await using var rig = await CommandRig.CreateAsync();
        await using var command = PortalProcess.Begin(
            "jobs", "enqueue", "diagnostics.noop", "--wait", "10m", "--json", "--DataDirectory", rig.Folder, "--Jobs:Diagnostics", "true");
        await Eventually.HoldsAsync("the job is handed over", () => Task.FromResult(rig.Audit().Count == 1), TimeSpan.FromSeconds(60));

        Assert.Equal(130, await command.StopAsync());

        Assert.Contains($"\"id\": \"{rig.Audit()[0].SubjectId}\"", command.Log, StringComparison.Ordinal);
        Assert.Contains("Stopped. What was done before stays done.", command.Log, StringComparison.Ordinal);
    }

    // As standard input is where nobody ends it.
    sealed class Typing : TextReader
    {
        readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly TaskCompletionSource _ended = new();

        public Task HasBegun => _begun.Task;

        public override string ReadToEnd()
        {
            _begun.SetResult();
            _ended.Task.GetAwaiter().GetResult();
            return "{}";
        }

        protected override void Dispose(bool disposing)
        {
            _ended.TrySetResult();
            base.Dispose(disposing);
        }
    }
}
