using LibraryPortal.Data.Outbox;
using LibraryPortal.Features.JobConsole;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.JobConsole;

public sealed class FindJobTests : IAsyncLifetime
{
    static readonly Caller Owner = new("rita", IsLibrarian: false, IsAdmin: false);
    static readonly Caller Other = new("mallory", IsLibrarian: false, IsAdmin: false);
    static readonly Caller Librarian = new("lena", IsLibrarian: true, IsAdmin: false);

    static readonly Caller Admin = new("ada", IsLibrarian: true, IsAdmin: true);

    readonly ScriptedJobs _jobs = new();
    TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Find_WhileTheJobIsInTheOutbox_AnswersWithoutTheEngine()
    {
        var id = await WriteAsync();
        _jobs.Outage = "Redis at nowhere:1 does not answer.";

        var found = TestLibrary.Allowed(await Find(Owner, id));

        Assert.True(found.IsInOutbox);
        Assert.Equal(JobState.Queued, found.Job.State);
        Assert.NotNull(found.Job.HeldBack);
        TestLibrary.Refused(await Find(Other, id), "job-unknown");
        TestLibrary.Allowed(await Find(Librarian, id));
    }

    [Fact]
    public async Task Find_OfAJobTheEngineRefused_SaysThatItFailed()
    {
        var id = await WriteAsync(refused: true);

        var found = TestLibrary.Allowed(await Find(Owner, id));

        Assert.Equal((JobState.Failed, "No handler is called so."), (found.Job.State, found.Job.Error));
    }

    [Fact]
    public async Task Find_OfAJobInTheEngine_IsForItsOwnerAndTheStaff()
    {
        var id = (await _jobs.SubmitAsync([ScriptedJobs.Envelope(JobId.New(), "reports.export") with { Owner = Owner.UserId }]))[0].Id;

        Assert.False(TestLibrary.Allowed(await Find(Owner, id)).IsInOutbox);
        TestLibrary.Allowed(await Find(Librarian, id));
        TestLibrary.Refused(await Find(Other, id), "job-unknown");
        TestLibrary.Refused(await Find(Owner, JobId.New()), "job-unknown");
    }

    [Theory]
    [InlineData("mail.send", "rita")]
    [InlineData("reports.tidy", null)]
    public async Task Find_OfAJobThatIsNobodysReport_IsNotForLibrarians(string name, string? owner)
    {
        var id = (await _jobs.SubmitAsync([ScriptedJobs.Envelope(JobId.New(), name) with { Owner = owner }]))[0].Id;

        TestLibrary.Refused(await Find(Librarian, id), "job-unknown");
        TestLibrary.Allowed(await Find(Admin, id));
    }

    Task<LibraryPortal.Domain.Outcome<FoundJob>> Find(Caller caller, JobId id) => new FindJob(_database.Contexts, _jobs).RunAsync(caller, id);

    async Task<JobId> WriteAsync(bool refused = false)
    {
        var envelope = ScriptedJobs.Envelope(JobId.New(), "reports.export") with { Owner = Owner.UserId };
        await using var database = _database.Open();
        database.EnqueueOnSave(envelope);
        await database.SaveChangesAsync();
        if (refused)
        {
            var message = database.Outbox.Single();
            (message.RefusedAt, message.Error) = (envelope.EnqueuedAt, "No handler is called so.");
            await database.SaveChangesAsync();
        }

        return envelope.Id;
    }
}
