using System.Text.Json;
using LibraryPortal.Circulation.Story;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Features.JobConsole;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using NSubstitute.Core;

namespace LibraryPortal.Tests.Features.JobConsole;

/// <summary>Whoever steers jobs is written down, once for each step that changed something.</summary>
public sealed class SteeringAuditTests : IAsyncLifetime
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    readonly IJobInspector _inspector = Substitute.For<IJobInspector>();
    readonly IJobLimits _limits = Substitute.For<IJobLimits>();
    readonly IJobSchedules _schedules = Substitute.For<IJobSchedules>();
    TestDatabase _database = null!;
    SteeringRecord _record = null!;
    Caller _anna = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _record = new SteeringRecord(_database.Contexts, TimeProvider.System, NullLogger<SteeringRecord>.Instance);
        _anna = new Caller(await _database.AddUserAsync("anna", "Staff"), IsLibrarian: true, IsAdmin: true);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task StepsForAnothersJob_HaveAnEntryEach_AndOwnOrRefusedOnesNone()
    {
        var steer = new SteerJob(new AuditedJobs(_inspector, _record));
        var (theirs, own) = (Know(owner: null, """{"to":"a@example.org","kind":1}"""), Know(_anna.UserId, "{}"));
        _inspector.CancelAsync(default).ReturnsForAnyArgs(CancelReply.Requested);
        _inspector.RetryAsync(default).ReturnsForAnyArgs(RetryReply.Queued);
        _inspector.RetryAsync(default, default(JsonElement)).ReturnsForAnyArgs(RetryReply.Queued);
        _inspector.DiscardAsync(default).ReturnsForAnyArgs(DiscardReply.Discarded);
        foreach (var id in new[] { theirs, own })
        {
            TestLibrary.Allowed(await steer.CancelAsync(_anna, id));
            TestLibrary.Allowed(await steer.RetryAsync(_anna, id));
            TestLibrary.Allowed(await steer.RetryWithAsync(_anna, id, """{"kind":1,"to":"b@example.org","cc":null}"""));
            TestLibrary.Allowed(await steer.DiscardAsync(_anna, id));
        }

        _inspector.CancelAsync(default).ReturnsForAnyArgs(CancelReply.AlreadyFinal);
        TestLibrary.Refused(await steer.CancelAsync(_anna, theirs), "job-ended");

        Assert.Equal(
            [
                "anna cancelled the job mail.send.", "anna ran the job mail.send again.",
                "anna ran the job mail.send again with other arguments.", "anna discarded the job mail.send.",
            ],
            await SentencesAsync());
        var edited = (await EntriesAsync())[2];
        Assert.Equal((AuditSubject.Job, theirs.ToString(), """{"arguments":"to, cc"}"""), (edited.SubjectKind, edited.SubjectId, edited.After));
    }

    [Fact]
    public async Task ArgumentsThatAreRefused_SayWhatAndWhere_AndNothingIsWritten()
    {
        var steer = new SteerJob(new AuditedJobs(_inspector, _record));
        var id = Know(owner: null, "{}");
        _inspector.RetryAsync(default, default(JsonElement)).ReturnsForAnyArgs(Task.FromException<RetryReply>(new ArgumentException("The arguments do not fit 'mail.send': to has the wrong form.", "args")));

        var broken = TestLibrary.Refused(await steer.RetryWithAsync(_anna, id, "{\n  \"to\": oops\n}"), "arguments-no-json");
        Assert.StartsWith("This is not JSON. Line 2, character 9: ", broken.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", broken.Message, StringComparison.Ordinal);
        Assert.Equal("The arguments do not fit 'mail.send': to has the wrong form.", TestLibrary.Refused(await steer.RetryWithAsync(_anna, id, """{"to":1}"""), "arguments-unfit").Message);
        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task AStepForMany_HasOneEntryWithTheCount()
    {
        var many = new AuditedDeadJobs(_inspector, _record);
        var dead = new SteerDeadJobs(_inspector, many, _database.Contexts, TimeProvider.System);
        var search = new DeadSearch { Name = "mail.send", Owner = "anna", Error = "ada@example.org" };
        _inspector.CountDeadAsync(default!).ReturnsForAnyArgs(1_200);
        _inspector.RetryManyAsync(default!).ReturnsForAnyArgs(new DeadReply(1_203, 1_200, 3));
        _inspector.DiscardManyAsync(default!).ReturnsForAnyArgs(new DeadReply(1, 1, 0), new DeadReply(2, 0, 2));
        _inspector.RetryAsync(default).ReturnsForAnyArgs(RetryReply.Queued, RetryReply.NotRetryable, RetryReply.Queued);

        var count = TestLibrary.Allowed(await dead.CountAsync(_anna, JobState.Failed, search));
        Assert.Equal(1_200, count.Jobs);
        Assert.Equal("1,200 jobs are queued again, at most 10 a second. 3 jobs could not be.", TestLibrary.Allowed(await dead.RetryAsync(_anna, JobState.Failed, search, count.AsOf, 10)));
        Assert.Equal("1 job is discarded.", TestLibrary.Allowed(await dead.DiscardAsync(_anna, JobState.Failed, search, count.AsOf)));
        TestLibrary.Refused(await dead.DiscardAsync(_anna, JobState.Failed, search, count.AsOf), "jobs-refused");
        Assert.Equal("2 jobs are queued again. 1 job could not be.", TestLibrary.Allowed(await new SteerSelectedJobs(many).RetryAsync(_anna, [JobId.New(), JobId.New(), JobId.New()])));

        // What fails between the question and the answer is nobody's to discard.
        await _inspector.Received(2).DiscardManyAsync(Arg.Is<DeadFilter>(filter => filter.To == count.AsOf && filter.Owner == _anna.UserId && filter.Name == "mail.send"), Arg.Any<IProgress<DeadReply>>(), Arg.Any<CancellationToken>());
        TestLibrary.Refused(await dead.CountAsync(_anna, JobState.Succeeded, search), "state-unfit");
        Assert.Equal(["anna ran 1,200 jobs again, at most 10 a second.", "anna discarded 1 job.", "anna ran 2 jobs again."], await SentencesAsync());
        // Nobody's name or address stays by what was searched for.
        Assert.StartsWith("""{"endedAs":"Failed","job":"mail.send","ofOneOwner":"yes","byError":"yes","endedBefore":""", (await EntriesAsync())[1].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StepsForManyThatAreCutShort_LeaveAnEntry()
    {
        var many = new AuditedDeadJobs(_inspector, _record);
        _inspector.RetryManyAsync(default!).ReturnsForAnyArgs(call =>
        {
            call.Arg<IProgress<DeadReply>>().Report(new DeadReply(256, 250, 6));
            call.Arg<IProgress<DeadReply>>().Report(new DeadReply(1_203, 1_200, 3));
            return Task.FromException<DeadReply>(new JobStoreUnavailableException("away"));
        });
        _inspector.DiscardManyAsync(default!).ReturnsForAnyArgs(Task.FromException<DeadReply>(new OperationCanceledException()), Task.FromException<DeadReply>(new ArgumentException("No such state.")));
        _inspector.CancelAsync(default).ReturnsForAnyArgs(_ => Task.FromResult(CancelReply.Cancelled), _ => Task.FromException<CancelReply>(new JobStoreUnavailableException("away")));

        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => many.RetryAsync(_anna, new DeadFilter()));
        await Assert.ThrowsAsync<OperationCanceledException>(() => many.DiscardAsync(_anna, new DeadFilter()));
        await Assert.ThrowsAsync<ArgumentException>(() => many.DiscardAsync(_anna, new DeadFilter()));
        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => many.CancelAsync(_anna, [JobId.New(), JobId.New()]));

        var schedules = new AuditedSchedules(_schedules, _record);
        var calls = 0;
        _schedules.BackfillAsync("nightly", default, default).ReturnsForAnyArgs(call =>
        {
            call.Arg<IProgress<BackfillReply>>().Report(new BackfillReply(480, 256, 0));
            return calls++ switch
            {
                0 => Task.FromException<BackfillReply?>(new JobStoreUnavailableException("away")),
                1 => Task.FromException<BackfillReply?>(new ArgumentException("Too long.")),
                _ => Task.FromResult<BackfillReply?>(new BackfillReply(480, 1, 0, IsCutShort: true)),
            };
        });
        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => schedules.BackfillAsync(_anna, "nightly", Noon.AddDays(-2), Noon));
        await Assert.ThrowsAsync<ArgumentException>(() => schedules.BackfillAsync(_anna, "nightly", Noon.AddDays(-2), Noon));
        Assert.Equal(
            "1 job is accepted. Then the schedule was deleted; the rest is not made up for.",
            TestLibrary.Allowed(await new BackfillSchedule(_schedules, schedules, TimeProvider.System).RunAsync(_anna, "nightly", Noon.AddDays(-2), Noon)));

        Assert.Equal(
            [
                "anna set out to run jobs again; it was cut short after 1,200 jobs, what was under way just then not counted.",
                "anna set out to discard jobs; it was cut short after 0 jobs, what was under way just then not counted.", "anna cancelled 1 job.",
                "anna set out to make up for due times of the schedule nightly; it was cut short after 256 jobs, what was under way just then not counted.",
                "anna set out to make up for due times of the schedule nightly; it was cut short after 1 job, what was under way just then not counted.",
            ],
            await SentencesAsync());
        var entries = await EntriesAsync();
        Assert.Equal("""{"endedAs":"Failed, Quarantined","matched":"1203","changed":"1200","refused":"3"}""", entries[0].After);
        Assert.EndsWith(""","due":"480","fired":"256"}""", entries[3].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStepStoppedWhileTheStoreTakesIt_IsToldAndWrittenDown_AndOneStoppedBeforeIsNotBegun()
    {
        CancellationTokenSource stop = null!;
        var (job, flow, changes) = (Know(owner: null, "{}"), FlowId.New(), 0);
        var client = Substitute.For<IJobClient>();
        client.SubmitAsync([]).ReturnsForAnyArgs(call => Taken<IReadOnlyList<JobHandle>>(call, [new JobHandle(client, job, isNew: true)]));
        _inspector.CancelAsync(default).ReturnsForAnyArgs(call => Taken(call, CancelReply.Requested));
        _inspector.RetryAsync(default).ReturnsForAnyArgs(call => Taken(call, RetryReply.Queued));
        _inspector.RetryAsync(default, default(JsonElement)).ReturnsForAnyArgs(call => Taken(call, RetryReply.Queued));
        _inspector.DiscardAsync(default).ReturnsForAnyArgs(call => Taken(call, DiscardReply.Discarded));
        _inspector.PauseQueueAsync("mail").ReturnsForAnyArgs(call => Taken(call, true));
        _inspector.ResumeQueueAsync("mail").ReturnsForAnyArgs(call => Taken(call, true));
        _inspector.CancelFlowAsync(flow).ReturnsForAnyArgs(call => Taken(call, CancelReply.Requested));
        _inspector.RetryFlowAsync(flow).ReturnsForAnyArgs(call => Taken(call, RetryReply.Queued));
        _limits.SetAsync("mail", new LimitRule()).ReturnsForAnyArgs(call => Taken(call, Task.CompletedTask));
        _limits.ResetAsync("mail").ReturnsForAnyArgs(call => Taken(call, Task.CompletedTask));
        _limits.ListAsync().ReturnsForAnyArgs(call => Read<IReadOnlyList<LimitRecord>>(call, [new LimitRecord("mail", new LimitRule(Running: ++changes), null, 0, 0)]));
        _schedules.FindAsync("nightly").ReturnsForAnyArgs(call => Read(call, Nightly($"every {++changes} minutes")));
        _schedules.PauseAsync("nightly").ReturnsForAnyArgs(call => Taken(call, ScheduleReply.Done));
        _schedules.RunNowAsync("nightly").ReturnsForAnyArgs(call => Taken<JobHandle?>(call, new JobHandle(client, job, isNew: true)));
        var (jobs, many, queues, flows) = (new AuditedJobs(_inspector, _record), new AuditedDeadJobs(_inspector, _record), new AuditedQueues(_inspector, _record), new AuditedFlows(_inspector, _record));
        var (limits, schedules) = (new AuditedLimits(_limits, _record), new AuditedSchedules(_schedules, _record));
        (string Action, Func<CancellationToken, Task> Take)[] steps =
        [
            ("job.enqueued", token => new AuditedEnqueue(client, _record).SubmitAsync(_anna, ScriptedJobs.Envelope(job, "mail.send"), token)),
            ("job.cancelled", token => jobs.CancelAsync(_anna, job, token)), ("job.retried", token => jobs.RetryAsync(_anna, job, token)),
            ("job.edited", token => jobs.RetryAsync(_anna, job, JsonElement.Parse("{}"), token)), ("job.discarded", token => jobs.DiscardAsync(_anna, job, token)),
            ("jobs.cancelled", token => many.CancelAsync(_anna, [job], token)), ("jobs.retried", token => many.RetryAsync(_anna, [job], token)),
            ("jobs.discarded", token => many.DiscardAsync(_anna, [job], token)), ("queue.paused", token => queues.PauseAsync(_anna, "mail", token)),
            ("queue.resumed", token => queues.ResumeAsync(_anna, "mail", token)), ("flow.cancelled", token => flows.CancelAsync(_anna, flow, token)),
            ("flow.retried", token => flows.RetryAsync(_anna, flow, token)), ("limit.set", token => limits.SetAsync(_anna, "mail", new LimitRule(Running: 100), token)),
            ("limit.reset", token => limits.ResetAsync(_anna, "mail", token)), ("schedule.paused", token => schedules.PauseAsync(_anna, "nightly", token)),
            ("schedule.run", token => schedules.RunNowAsync(_anna, "nightly", token)),
        ];

        foreach (var (_, take) in steps)
        {
            using (stop = new CancellationTokenSource())
            {
                await take(stop.Token);
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => take(stop.Token));
            }
        }

        Assert.Equal(steps.Select(static step => step.Action), (await EntriesAsync()).Select(static entry => entry.Action));

        // As Redis does it: what was sent is done, whether or not its caller waits.
        T Taken<T>(CallInfo call, T reply)
        {
            stop.Cancel();
            return Read(call, reply);
        }

        static T Read<T>(CallInfo call, T answer)
        {
            call.Arg<CancellationToken>().ThrowIfCancellationRequested();
            return answer;
        }
    }

    [Fact]
    public async Task AnEntryThatCannotBeWritten_IsInTheLogInstead_AndTheStepStands()
    {
        await using (var database = _database.Open())
            await database.Database.ExecuteSqlRawAsync("CREATE TRIGGER Full BEFORE INSERT ON Audit BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
        using var log = new CapturedLog();
        using var loggers = new LoggerFactory([log]);
        var steer = new SteerJob(new AuditedJobs(_inspector, new SteeringRecord(_database.Contexts, TimeProvider.System, loggers.CreateLogger<SteeringRecord>())));
        var id = Know(owner: null, """{"to":"a@example.org"}""");
        _inspector.RetryAsync(default, default(JsonElement)).ReturnsForAnyArgs(RetryReply.Queued);

        TestLibrary.Allowed(await steer.RetryWithAsync(_anna, id, """{"to":"b@example.org"}"""));

        var line = Assert.Single(log.Lines);
        Assert.StartsWith("Error ", line, StringComparison.Ordinal);
        foreach (var part in (string[])[_anna.UserId, "job.edited", $"Job {id} (mail.send)", """{"arguments":"to"}""", "database or disk is full"])
            Assert.Contains(part, line, StringComparison.Ordinal);
        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task QueuesFlowsLimitsAndSchedules_AreWrittenDown_WithWhatWasBefore()
    {
        var queues = new AuditedQueues(_inspector, _record);
        _inspector.PauseQueueAsync("mail").ReturnsForAnyArgs(true, false);
        _inspector.ResumeQueueAsync("mail").ReturnsForAnyArgs(true);
        await queues.PauseAsync(_anna, "mail");
        await queues.PauseAsync(_anna, "mail");
        await queues.ResumeAsync(Caller.Operator, "mail");

        var flow = FlowId.New();
        var flows = new AuditedFlows(_inspector, _record);
        _inspector.FindFlowAsync(flow).ReturnsForAnyArgs(new FlowTree(
            new FlowRecord { Id = flow, Name = "the night", OnFailure = FlowFailure.GoOn, State = FlowState.Running, Total = 2, AcceptedAt = Noon }, new FlowNode(FlowNodeKind.Jobs, 0, 2, [])));
        _inspector.CancelFlowAsync(flow).ReturnsForAnyArgs(CancelReply.Requested);
        _inspector.RetryFlowAsync(flow).ReturnsForAnyArgs(RetryReply.Queued);
        await flows.CancelAsync(_anna, flow);
        await flows.RetryAsync(_anna, flow);

        var limits = new AuditedLimits(_limits, _record);
        var declared = new LimitRule(Running: 4);
        _limits.ListAsync().ReturnsForAnyArgs([new LimitRecord("mail", declared, declared, 0, 0)], [new LimitRecord("mail", new LimitRule(Running: 0), declared, 0, 0)], [new LimitRecord("mail", declared, declared, 0, 0)]);
        await limits.SetAsync(_anna, "mail", new LimitRule(Starts: 10, Per: TimeSpan.FromMinutes(5)));
        await limits.ResetAsync(_anna, "mail");

        var schedules = new AuditedSchedules(_schedules, _record);
        _schedules.FindAsync("nightly").ReturnsForAnyArgs(Nightly("every hour"), Nightly("every 15 minutes"), Nightly("every 15 minutes"), Nightly("every 15 minutes", isPaused: true), Nightly("every 15 minutes", isPaused: true));
        await schedules.ChangeRuleAsync(_anna, "nightly", ScheduleRule.Every(TimeSpan.FromMinutes(15)));
        await schedules.PauseAsync(_anna, "nightly");
        await schedules.PauseAsync(_anna, "nightly");
        _schedules.BackfillAsync("nightly", default, default).ReturnsForAnyArgs(new BackfillReply(48, 48, 0));
        await schedules.BackfillAsync(_anna, "nightly", Noon.AddDays(-2), Noon);

        Assert.Equal(
            [
                "anna paused the queue mail.", "The operator resumed the queue mail.", "anna cancelled the flow the night.", "anna took the flow the night up again.",
                "anna changed what the limit mail allows: 10 started in any 5 minutes.", "anna gave the limit mail back to what is declared: 4 at once.",
                "anna changed when the schedule nightly is due: every 15 minutes.", "anna paused the schedule nightly.", "anna made up for 48 due times of the schedule nightly.",
            ],
            await SentencesAsync());
        var entries = await EntriesAsync();
        Assert.Equal("""{"allows":"4 at once"}""", entries[4].Before);
        Assert.Equal("""{"rule":"every hour","paused":"no","changed":"no"}""", entries[6].Before);
    }

    JobId Know(string? owner, string args)
    {
        var id = JobId.New();
        var envelope = ScriptedJobs.Envelope(id, "mail.send") with { Owner = owner, Args = JsonElement.Parse(args) };
        _inspector.FindAsync(id, Arg.Any<CancellationToken>()).Returns(new JobRecord { Envelope = envelope, State = JobState.Failed });
        return id;
    }

    static ScheduleRecord Nightly(string sentence, bool isPaused = false) => new()
    {
        Name = "nightly", Sentence = sentence,
        Schedule = new Schedule { Name = "nightly", Rule = ScheduleRule.Every(TimeSpan.FromHours(1)), Job = ScriptedJobs.Envelope(JobId.New(), "test.one"), IsPaused = isPaused },
    };

    async Task<IReadOnlyList<AuditEntry>> EntriesAsync()
    {
        await using var database = _database.Open();
        return [.. database.Audit.OrderBy(entry => entry.Id)];
    }

    async Task<IEnumerable<string>> SentencesAsync() => (await EntriesAsync()).Select(static entry => AuditSentence.Of(entry, LibraryZone.Utc));
}
