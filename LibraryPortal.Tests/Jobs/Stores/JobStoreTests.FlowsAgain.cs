using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Row 14: a flow that is started once more, after the store forgot it and before it forgot its jobs.</summary>
public abstract partial class JobStoreTests
{
    [Theory]
    [InlineData("succeeds")]
    [InlineData("fails")]
    [InlineData("begins anew")]
    public async Task ForgottenFlow_StartedAgain_IsRefusedWhileAJobOfItIsThere(string first)
    {
        await RegisterAsync();
        string[] keys = ["succeeds", "fails", "begins anew"];
        var plan = FlowPlans.Plan(Flow.Group(keys.OrderBy(key => key != first).Select(key => FlowPlans.Job(key))), options => options.OnFailure(FlowFailure.GoOn));
        // Kept beyond their flow until the history has them.
        plan = plan with { ResultTtl = TimeSpan.FromSeconds(1), Jobs = [.. plan.Jobs.Select(job => job with { KeepsHistory = true })] };
        await Store.AcceptFlowAsync(plan, CancellationToken.None);
        foreach (var job in await ClaimAsync())
        {
            if (FlowPlans.KeyOf(job.Envelope) == "succeeds")
                await FinishAsync(job, OutcomeKind.Succeeded, result: "first");
            else
                await FinishAsync(job, OutcomeKind.Failed, error: "no");
        }

        await AdvanceAsync(TimeSpan.FromSeconds(2));
        await Store.PruneAsync(100, CancellationToken.None);
        Assert.Null(await Store.FindFlowAsync(plan.Id, CancellationToken.None));
        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(plan.IdOf("begins anew"), CancellationToken.None));

        for (var again = 0; again < 2; again++)
            Assert.Equal(new FlowReceipt(FlowAcceptance.Refused, plan.IdOf(first)), await Store.AcceptFlowAsync(plan, CancellationToken.None));

        Assert.Null(await Store.FindFlowAsync(plan.Id, CancellationToken.None));
        var ended = (await ReadEndedAsync()).Jobs;
        Assert.Equal(plan.Jobs.Select(job => job.Id).Order(), ended.Select(job => job.Id).Order());
        Assert.Equal("first", Assert.Single(ended, job => job.State == JobState.Succeeded).ReadResult<string>());
        await FinishKeyAsync("begins anew", await ClaimOneAsync());
        await AssertStateAsync(JobState.Succeeded, plan.IdOf("begins anew"));
        Assert.Empty(await ClaimAsync());
    }
}
