using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Row 13 with other arguments.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task RetryEdited_WhileAnotherJobHasItsUniqueKey_LeavesTheArgumentsAsTheyWere()
    {
        await RegisterAsync();
        var job = await DeadAsync(Job(unique: "k", number: 1));
        var heir = await EnqueueAsync(Job(unique: "k"));
        var dead = await FindAsync(job.Id);

        Assert.Equal(RetryReply.NotRetryable, await Store.RetryEditedAsync(Edit(dead), dead.FinishedAt!.Value, CancellationToken.None));

        await Store.CancelAsync(heir.Id, CancellationToken.None);
        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(job.Id, CancellationToken.None));
        var claimed = (await ClaimOneAsync()).Envelope;
        Assert.Equal((1, null), (claimed.Args.GetProperty("number").GetInt32(), claimed.OriginalArgs));
    }

    [Fact]
    public async Task RetryEdited_WhileItsFlowIsBeingStopped_LeavesTheArgumentsAsTheyWere()
    {
        await RegisterAsync();
        await AcceptAsync(FlowPlans.Group(2));
        var jobs = await ClaimAsync();
        await FinishAsync(jobs[0], OutcomeKind.Failed, error: "no");
        var dead = await FindAsync(jobs[0]);

        Assert.Equal(RetryReply.NotRetryable, await Store.RetryEditedAsync(Edit(dead), dead.FinishedAt!.Value, CancellationToken.None));

        Assert.Equal(dead.Envelope.Args.GetRawText(), (await FindAsync(jobs[0])).Envelope.Args.GetRawText());
    }

    [Fact]
    public async Task RetryEdited_OfAStoppedFlow_TakesItUpWithTheNewArguments()
    {
        await RegisterAsync();
        await AcceptAsync(FlowPlans.Group(2));
        var jobs = await ClaimAsync();
        foreach (var job in jobs)
            await FinishAsync(job, OutcomeKind.Failed, error: "no");
        var dead = await FindAsync(jobs[1]);

        Assert.Equal(RetryReply.Queued, await Store.RetryEditedAsync(Edit(dead), dead.FinishedAt!.Value, CancellationToken.None));

        var claimed = await ClaimAsync();
        Assert.Equal(Ids(jobs), Ids(claimed));
        Assert.Equal(2, claimed[1].Envelope.Args.GetProperty("number").GetInt32());
        Assert.Equal(jobs[0].Envelope.Args.GetRawText(), claimed[0].Envelope.Args.GetRawText());
    }

    [Fact]
    public async Task RetryEdited_OfTheLastJobOfALargeStoppedFlow_KeepsTheNewArgumentsUntilItsTurn()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(FlowPlans.Group(300));
        ClaimedJob[] jobs = [.. await ClaimAsync(count: 256), .. await ClaimAsync(count: 256)];
        await Store.FinishAsync("w1", [.. jobs.Select(job => new JobOutcome(job, OutcomeKind.Failed, Error: "no"))], CancellationToken.None);
        var dead = await FindAsync(plan.Jobs[^1].Id);

        Assert.Equal(RetryReply.Queued, await Store.RetryEditedAsync(Edit(dead), dead.FinishedAt!.Value, CancellationToken.None));

        ClaimedJob[] again = [.. await ClaimAsync(count: 256), .. await ClaimAsync(count: 256)];
        Assert.Equal(300, again.Length);
        Assert.Equal(2, again.Single(job => job.Envelope.Id == dead.Id).Envelope.Args.GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task RetryEdited_InALargeStoppedFlow_IsDoneAtOnce()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(FlowPlans.Group(600));
        await FinishAsync(Assert.Single(await ClaimAsync(count: 1)), OutcomeKind.Failed, error: "no");
        var dead = await FindAsync(plan.Jobs[^1].Id);

        Assert.Equal(RetryReply.Queued, await Store.RetryEditedAsync(Edit(dead), dead.FinishedAt!.Value, CancellationToken.None));

        await AssertStateAsync(JobState.Queued, dead.Envelope.Id);
        List<ClaimedJob> claimed = [];
        while (await ClaimAsync(count: 256) is { Count: > 0 } jobs)
            claimed.AddRange(jobs);
        Assert.Equal(Ids(plan.Jobs).ToHashSet(), Ids(claimed).ToHashSet());
        Assert.Equal(600, claimed.Count);
        Assert.Equal(dead.Envelope.Id, Assert.Single(claimed, job => job.Envelope.OriginalArgs is not null).Envelope.Id);
    }

    [Fact]
    public async Task RetryEdited_BeforeItsEndWasTold_TellsTheArgumentsItHad()
    {
        await RegisterAsync();
        var job = await DeadAsync(Job(number: 1) with { KeepsHistory = true });
        var dead = await FindAsync(job.Id);

        await Store.RetryEditedAsync(Edit(dead), dead.FinishedAt!.Value, CancellationToken.None);

        Assert.Equal(1, Assert.Single((await ReadEndedAsync()).Jobs).Envelope.Args.GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task RetryEdited_RunsWithTheNewArguments_AndKeepsTheOldOnes()
    {
        await RegisterAsync();
        var job = await DeadAsync(Job(number: 1));
        var dead = await FindAsync(job.Id);
        var edited = Edit(dead);

        Assert.Equal(RetryReply.Queued, await Store.RetryEditedAsync(edited, dead.FinishedAt!.Value, CancellationToken.None));
        // Told again, as after a lost reply: it has begun anew already.
        Assert.Equal(RetryReply.NotRetryable, await Store.RetryEditedAsync(edited, dead.FinishedAt!.Value, CancellationToken.None));

        var claimed = await ClaimOneAsync();
        Assert.Equal((2, 1), (claimed.Envelope.Args.GetProperty("number").GetInt32(), claimed.Attempt));
        Assert.Equal(1, claimed.Envelope.OriginalArgs!.Value.GetProperty("number").GetInt32());
        await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        await FinishAsync(claimed, OutcomeKind.Failed, error: "again");
        // Somebody who has seen only the first end changes nothing.
        Assert.Equal(RetryReply.NotRetryable, await Store.RetryEditedAsync(edited, dead.FinishedAt!.Value, CancellationToken.None));
        Assert.Equal(2, (await FindAsync(job.Id)).Envelope.Args.GetProperty("number").GetInt32());
    }

    static JobEnvelope Edit(JobRecord dead) =>
        dead.Envelope with { Args = JsonSerializer.SerializeToElement(new { number = 2 }), OriginalArgs = dead.Envelope.Args };
}
