using LibraryPortal.Features.JobConsole;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Live;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace LibraryPortal.Tests.Features.JobConsole;

public sealed class ConsoleRightsTests : IAsyncLifetime
{
    static readonly Caller Librarian = new("lena", IsLibrarian: true, IsAdmin: false);
    static readonly Caller Admin = new("anna", IsLibrarian: true, IsAdmin: true);

    readonly IJobInspector _inspector = Substitute.For<IJobInspector>();
    TestDatabase _database = null!;

    SteeringRecord Record => new(_database.Contexts, TimeProvider.System, NullLogger<SteeringRecord>.Instance);

    AuditedJobs Jobs => new(_inspector, Record);

    AuditedDeadJobs Many => new(_inspector, Record);

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Everything_ForALibrarian_IsRefusedAndNothingIsAsked()
    {
        var inspect = new InspectJobs(_inspector, _database.Contexts);
        var steer = new SteerJob(Jobs);
        var queues = new SteerQueue(new AuditedQueues(_inspector, Record));
        var flows = new InspectFlows(_inspector, _database.Contexts);
        var steerFlow = new SteerFlow(new AuditedFlows(_inspector, Record));
        var dead = new SteerDeadJobs(_inspector, Many, _database.Contexts, TimeProvider.System);
        var picked = new SteerSelectedJobs(Many);
        var limits = Substitute.For<IJobLimits>();
        var steerLimit = new SteerLimit(limits, new AuditedLimits(limits, Record));
        var now = TimeProvider.System.GetUtcNow();

        TestLibrary.Refused(await inspect.ReadAsync(Librarian, JobState.Running, 1), "admins-only");
        TestLibrary.Refused(await inspect.FindAsync(Librarian, JobId.New()), "admins-only");
        TestLibrary.Refused(await steer.CancelAsync(Librarian, JobId.New()), "admins-only");
        TestLibrary.Refused(await steer.RetryAsync(Librarian, JobId.New()), "admins-only");
        TestLibrary.Refused(await steer.RetryWithAsync(Librarian, JobId.New(), "{}"), "admins-only");
        TestLibrary.Refused(await steer.DiscardAsync(Librarian, JobId.New()), "admins-only");
        TestLibrary.Refused(await dead.CountAsync(Librarian, JobState.Failed, new DeadSearch()), "admins-only");
        TestLibrary.Refused(await dead.RetryAsync(Librarian, JobState.Failed, new DeadSearch(), now, null), "admins-only");
        TestLibrary.Refused(await dead.DiscardAsync(Librarian, JobState.Failed, new DeadSearch(), now), "admins-only");
        TestLibrary.Refused(await picked.CancelAsync(Librarian, [JobId.New()]), "admins-only");
        TestLibrary.Refused(await picked.RetryAsync(Librarian, [JobId.New()]), "admins-only");
        TestLibrary.Refused(await picked.DiscardAsync(Librarian, [JobId.New()]), "admins-only");
        TestLibrary.Refused(await flows.ListAsync(Librarian, ended: false, 1), "admins-only");
        TestLibrary.Refused(await flows.FindAsync(Librarian, FlowId.New()), "admins-only");
        TestLibrary.Refused(await steerFlow.CancelAsync(Librarian, FlowId.New()), "admins-only");
        TestLibrary.Refused(await steerFlow.RetryAsync(Librarian, FlowId.New()), "admins-only");
        TestLibrary.Refused(await steerLimit.ListAsync(Librarian), "admins-only");
        TestLibrary.Refused(await steerLimit.SetAsync(Librarian, "mail", new LimitRule(Running: 1)), "admins-only");
        TestLibrary.Refused(await steerLimit.ResetAsync(Librarian, "mail"), "admins-only");
        TestLibrary.Refused(await queues.PauseAsync(Librarian, "reports"), "admins-only");
        TestLibrary.Refused(await queues.ResumeAsync(Librarian, "reports"), "admins-only");
        TestLibrary.Refused(await inspect.ListWorkersAsync(Librarian), "admins-only");
        TestLibrary.Refused(await new SearchHistory(_inspector, _database.Contexts).RunAsync(Librarian, new HistoryFilter(), 1), "admins-only");

        Assert.Empty(_inspector.ReceivedCalls());
        Assert.Empty(limits.ReceivedCalls());
    }

    [Fact]
    public async Task Read_NamesTheOwnersAndKeepsToThePagesThereAre()
    {
        var owner = await _database.AddUserAsync("rita");
        _inspector.CountAsync().ReturnsForAnyArgs(new JobCounts(new Dictionary<JobState, long> { [JobState.Failed] = 26 }));
        JobRecord[] jobs = [Job(owner), Job("deleted"), Job(null)];
        _inspector.ListAsync(default!).ReturnsForAnyArgs(new LibraryPortal.Jobs.Inspection.JobPage(jobs, 26));
        _inspector.ListWorkersAsync().ReturnsForAnyArgs([]);

        var board = TestLibrary.Allowed(await new InspectJobs(_inspector, _database.Contexts).ReadAsync(Admin, JobState.Failed, 99));

        await _inspector.Received().ListAsync(new JobQuery(JobState.Failed, 25, 25), Arg.Any<CancellationToken>());
        Assert.Equal((2, 2), (board.Jobs.Page, board.Jobs.PageCount));
        Assert.Equal(["rita", null, null], board.Jobs.Items.Select(item => item.OwnerName));
    }

    [Fact]
    public async Task Read_WithASearch_FindsAmongTheLatestThousand()
    {
        var owner = await _database.AddUserAsync("rita");
        var ended = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        var search = new DeadSearch { Owner = "rita", Error = "MAILBOX", Queue = "mail", Name = "mail.send", From = "2026-11-22T12:00", To = "2026-11-22T12:01" };
        var match = Dead(owner, "mailbox full", ended);
        JobRecord[] others =
        [
            Dead(null, "mailbox full", ended), Dead(owner, "other", ended), Dead(owner, "mailbox full", ended.AddSeconds(-1)), Dead(owner, "mailbox full", ended.AddMinutes(1)),
            match with { Envelope = match.Envelope with { Queue = "imports" } }, match with { Envelope = match.Envelope with { Name = "mail.other" } },
        ];
        List<JobRecord> matches = [];
        var total = 1_000;
        _inspector.CountAsync().ReturnsForAnyArgs(new JobCounts(new Dictionary<JobState, long> { [JobState.Failed] = 1_001 }));
        _inspector.ListWorkersAsync().ReturnsForAnyArgs([]);
        _inspector.ListAsync(default!).ReturnsForAnyArgs(_ =>
        {
            var found = Enumerable.Range(0, 10).Select(_ => match with { Envelope = match.Envelope with { Id = JobId.New() } }).ToList();
            matches.AddRange(found);
            return new LibraryPortal.Jobs.Inspection.JobPage([.. others, .. found, .. Enumerable.Range(0, 184).Select(_ => Dead(null, "mailbox full", ended))], total);
        });
        var inspect = new InspectJobs(_inspector, _database.Contexts);

        var board = TestLibrary.Allowed(await inspect.ReadAsync(Admin, JobState.Failed, 9, search));
        Assert.Equal((50, 25, 2, true), (board.Jobs.Total, board.Jobs.Items.Count, board.Jobs.Page, board.IsWhole));
        Assert.All(board.Jobs.Items, item => Assert.Contains(matches, one => ReferenceEquals(one, item.Job)));
        Assert.Equal(25, board.Jobs.Items.Select(static item => item.Job.Id).Distinct().Count());
        Assert.Null(board.Narrowing(JobState.Failed));

        total = 1_001;
        board = TestLibrary.Allowed(await inspect.ReadAsync(Admin, JobState.Failed, 1, search));
        Assert.False(board.IsWhole);
        Assert.Equal(
            "The filter looked at the latest 1,000 of 1,001 jobs only: older ones may match too. Running all that match again, or discarding them, takes the older ones in.",
            board.Narrowing(JobState.Failed));
        await _inspector.DidNotReceive().ListAsync(Arg.Is<JobQuery>(query => query.Offset >= 1_000), Arg.Any<CancellationToken>());
        TestLibrary.Refused(await inspect.ReadAsync(Admin, JobState.Failed, 1, new DeadSearch { From = "then" }), "filter-unreadable");
    }

    [Fact]
    public async Task Read_WithASearch_WhileJobsFail_HasEachOnce()
    {
        JobRecord[] jobs = [.. Enumerable.Range(0, 250).Select(_ => Dead(null, "mailbox full", DateTimeOffset.UnixEpoch))];
        _inspector.CountAsync().ReturnsForAnyArgs(new JobCounts(new Dictionary<JobState, long> { [JobState.Failed] = 250 }));
        _inspector.ListWorkersAsync().ReturnsForAnyArgs([]);
        // One fails between the two reads, and moves the others on by one place.
        _inspector.ListAsync(default!).ReturnsForAnyArgs(call => call.Arg<JobQuery>().Offset == 0
            ? new LibraryPortal.Jobs.Inspection.JobPage(jobs[..200], 250)
            : new LibraryPortal.Jobs.Inspection.JobPage(jobs[199..], 251));

        var board = TestLibrary.Allowed(await new InspectJobs(_inspector, _database.Contexts).ReadAsync(Admin, JobState.Failed, 8, new DeadSearch { Error = "mailbox" }));

        Assert.Equal(250, board.Jobs.Total);
        Assert.Equal(jobs[175..200].Select(static job => job.Id), board.Jobs.Items.Select(static item => item.Job.Id));
    }

    [Fact]
    public async Task History_KeepsToThePagesThereAre()
    {
        _inspector.SearchAsync(default!).ReturnsForAnyArgs(call =>
        {
            var offset = call.Arg<HistoryQuery>().Offset;
            return new HistoryPage([.. Enumerable.Range(offset, Math.Max(0, 30 - offset)).Take(25).Select(_ => Job(null))], 30);
        });

        var found = TestLibrary.Allowed(await new SearchHistory(_inspector, _database.Contexts).RunAsync(Admin, new HistoryFilter(), 9));

        Assert.Equal((5, 2, 2), (found.Items.Count, found.Page, found.PageCount));
    }

    [Fact]
    public void Jobs_OfAFilter_AreNotReadForEveryChange()
    {
        var change = new JobChanged(JobId.New(), "mail.send", JobState.Failed, null, null);

        Assert.True(JobsPage.Follows(change, new DeadSearch()));
        Assert.False(JobsPage.Follows(change, new DeadSearch { Name = "mail.send" }));
        Assert.False(JobsPage.Follows(new NoticesRead("rita"), new DeadSearch()));
    }

    [Fact]
    public async Task AStoreThatIsAway_IsNotSaidToHaveChangedNothing()
    {
        var away = new JobStoreUnavailableException("The store is away.");

        Assert.Equal("The store is away. It may have been done all the same; look again before you repeat it.", (await Steering.ToastAsync(() => throw away)).Text);
        Assert.Equal("The store is away. Some of it may have been done; look again before you repeat it.", (await Steering.ToastOfManyAsync(() => throw away)).Text);
    }

    [Theory]
    [InlineData(CancelReply.Cancelled, null)]
    [InlineData(CancelReply.Requested, null)]
    [InlineData(CancelReply.AlreadyFinal, "job-ended")]
    [InlineData(CancelReply.Unknown, "job-unknown")]
    public async Task Cancel_OfAnAdmin_SaysWhatBecameOfIt(CancelReply reply, string? rule)
    {
        _inspector.CancelAsync(default).ReturnsForAnyArgs(reply);

        var outcome = await new SteerJob(Jobs).CancelAsync(Admin, JobId.New());

        Assert.Equal((rule is null, rule), (outcome.IsAllowed, outcome.Refusal?.Rule));
    }

    static JobRecord Dead(string? owner, string error, DateTimeOffset ended) =>
        new() { Envelope = ScriptedJobs.Envelope(JobId.New(), "mail.send") with { Owner = owner, Queue = "mail" }, State = JobState.Failed, Error = error, FinishedAt = ended };

    static JobRecord Job(string? owner) =>
        new() { Envelope = ScriptedJobs.Envelope(JobId.New(), "reports.export") with { Owner = owner }, State = JobState.Failed };
}
