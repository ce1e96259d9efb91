using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis.Transitions;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>One answer carries so many bytes, however many jobs it is asked for.</summary>
public abstract partial class JobStoreTests
{
    // Twenty of them are two calls' worth.
    static readonly string Large = new('x', 100_000);

    [Fact]
    public async Task ReadEnded_OfLargeRecords_GivesThemByAndBy()
    {
        await RegisterAsync();
        await EnqueueManyAsync([.. Enumerable.Range(0, 20).Select(_ => Kept())]);
        foreach (var job in await ClaimAsync(count: 20))
            await FinishAsync(job, OutcomeKind.Succeeded, result: Large);

        HashSet<JobId> told = [];
        while (await ReadEndedAsync() is { Receipts.Count: > 0 } batch)
        {
            Assert.InRange(batch.Jobs.Sum(BatchLimits.Weigh), 0, BatchLimits.Bytes + (2 * Large.Length));
            told.UnionWith(batch.Jobs.Select(job => job.Id));
            await Feed.AcknowledgeEndedAsync(batch.Receipts, TimeSpan.FromHours(1), CancellationToken.None);
        }

        Assert.Equal(20, told.Count);
    }

    [Fact]
    public async Task ReadFlowResults_OfLargeOnes_GivesThemByAndBy()
    {
        await RegisterAsync();
        var plan = await AcceptAsync(FlowPlans.Group(20));
        foreach (var job in await ClaimAsync(count: 20))
            await FinishAsync(job, OutcomeKind.Succeeded, result: Large);

        List<FlowResult> read = [];
        while (await Store.ReadFlowResultsAsync(plan.Id, FlowPlace.End, read.Count, 100, CancellationToken.None) is { Count: > 0 } page)
        {
            Assert.InRange(page.Sum(result => BatchLimits.Weigh(result.Value)), 0, BatchLimits.Bytes + (2 * Large.Length));
            read.AddRange(page);
        }

        Assert.Equal(plan.Jobs.Select(job => job.Id), read.Select(result => result.Job));
        Assert.All(read, result => Assert.Equal(Large, result.Value!.Value.GetString()));
    }

    [Fact]
    public async Task Flow_OfLargeJobs_IsAcceptedWhole_InCallsOfABoundedSize()
    {
        await RegisterAsync();
        var plan = FlowPlans.Plan(FlowPlans.Group(30));
        plan = plan with { Jobs = [.. plan.Jobs.Select(job => job with { Args = JsonSerializer.SerializeToElement(new { key = Large }) })] };

        Assert.All(
            FlowCalls.StageArguments(plan, "attempt"), call => Assert.InRange(call.Sum(static argument => ((byte[]?)argument)!.Length), 0, BatchLimits.Bytes + (2 * Large.Length)));
        Assert.Equal(FlowAcceptance.Accepted, (await Store.AcceptFlowAsync(plan, CancellationToken.None)).Acceptance);

        Assert.Equal(30, (await ClaimAsync(count: 30)).Count);
    }
}
