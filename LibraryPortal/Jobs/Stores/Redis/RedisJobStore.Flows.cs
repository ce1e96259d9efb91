using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores.Redis.Transitions;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Flows beside their jobs, under the same hash tag. A flow is put in place in parts, none of which runs, and accepted by the last call. Whatever
/// is too much for one call is left as steps in Redis: the caller goes on with them, and should it die, any worker's next look for the dead does.</summary>
internal sealed partial class RedisJobStore
{
    // As long as others make flows that are in the way of this one.
    static readonly TimeSpan MakingPatience = TimeSpan.FromSeconds(15);

    public async Task<FlowReceipt> AcceptFlowAsync(FlowPlan plan, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var attempt = Guid.NewGuid().ToString("N");
            var reply = await StageAsync(plan, attempt, cancellationToken);
            if (reply is "O" or "!")
            {
                if (reply == "!")
                    await GoOnWithFlowsAsync();
                return new FlowReceipt(FlowAcceptance.Accepted);
            }

            // Another attempt at it broke off half-made; else what this one has put in place.
            await TakeBackAsync(plan.Id, reply[0] == 'H' ? reply[1..] : attempt, cancellationToken);
            if (reply == "X")
                return new FlowReceipt(FlowAcceptance.Existing);
            if (JobId.TryParse(reply, null, out var holder))
                return new FlowReceipt(FlowAcceptance.Refused, holder);
            if (TimeProvider.System.GetElapsedTime(began) > MakingPatience)
                throw new JobStoreUnavailableException($"Others start flows again and again that are in the way of the flow {plan.Id}; start it once more.");
            // Two that wait for one another part by chance.
            if (reply == "W")
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 50)), TimeProvider.System, cancellationToken);
        }
    }

    public async Task<FlowRecord?> FindFlowAsync(FlowId id, CancellationToken cancellationToken) =>
        FlowCalls.ReadRows(Rows(await CallAsync(_links.Console, _scripts.FlowList, ["", id.ToString()], cancellationToken)), _clock.GetUtcNow()).FirstOrDefault();

    public async Task<FlowNode?> ReadFlowShapeAsync(FlowId id, CancellationToken cancellationToken) =>
        await CallAsync(_links.Console, _scripts.FlowShape, [id.ToString()], cancellationToken) is { IsNull: false } shape ? FlowCalls.ReadShape((byte[])shape!) : null;

    public async Task<FlowPage> ListFlowsAsync(FlowQuery query, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [query.Ended ? "ended" : "live", query.Offset, query.Count];
        var reply = await CallAsync(_links.Console, _scripts.FlowList, arguments, cancellationToken);
        return new FlowPage(FlowCalls.ReadRows(Rows(reply), _clock.GetUtcNow()), (long)((RedisResult[])reply!)[0]);
    }

    public async Task<IReadOnlyList<FlowJob>> ListFlowJobsAsync(FlowId id, int offset, int count, CancellationToken cancellationToken)
    {
        List<FlowJob> jobs = [];
        for (var left = count; left > 0;)
        {
            var reply = (RedisResult[])(await CallAsync(
                _links.Console, _scripts.FlowJobs, [id.ToString(), offset + jobs.Count, left, BatchLimits.Bytes], cancellationToken))!;
            jobs.AddRange([.. FlowCalls.ReadJobs(reply.Skip(1), offset + jobs.Count)]);
            left = (int)reply[0];
        }

        return jobs;
    }

    public async Task<IReadOnlyList<FlowResult>> ReadFlowResultsAsync(FlowId id, int gate, int offset, int count, CancellationToken cancellationToken) =>
        FlowCalls.ReadResults(await CallAsync(_links.Console, _scripts.FlowResults, [id.ToString(), gate, offset, count, BatchLimits.Bytes], cancellationToken));

    public async Task<CancelReply> CancelFlowAsync(FlowId id, CancellationToken cancellationToken)
    {
        switch ((string?)await ControlAsync(_scripts.FlowCancel, [id.ToString()], cancellationToken))
        {
            case "U":
                return CancelReply.Unknown;
            case "F":
                return CancelReply.AlreadyFinal;
        }

        await GoOnWithFlowsAsync();
        return await FindFlowAsync(id, cancellationToken) is { IsFinal: false } ? CancelReply.Requested : CancelReply.Cancelled;
    }

    public async Task<RetryReply> RetryFlowAsync(FlowId id, CancellationToken cancellationToken)
    {
        switch ((string?)await ControlAsync(_scripts.FlowRetry, [id.ToString()], cancellationToken))
        {
            case "U":
                return RetryReply.Unknown;
            case "N":
                return RetryReply.NotRetryable;
        }

        await GoOnWithFlowsAsync();
        return RetryReply.Queued;
    }

    /// <summary>Goes on with what calls left over in flows. It may break off: a worker's reap goes on.</summary>
    async Task GoOnWithFlowsAsync()
    {
        try
        {
            while ((long)await ControlAsync(_scripts.FlowWork, [], CancellationToken.None) > 0)
            {
            }
        }
        catch (JobStoreUnavailableException)
        {
            // Said once by the outage log. What is left over stays in Redis.
        }
    }

    /// <param name="line">The first line of a job's record. Only what became of a job of a flow can have left anything.</param>
    Task GoOnWithFlowsAsync(RedisResult line) => ((string)line!).Contains("\t ", StringComparison.Ordinal) ? GoOnWithFlowsAsync() : Task.CompletedTask;

    async Task<string> StageAsync(FlowPlan plan, string attempt, CancellationToken cancellationToken)
    {
        foreach (var arguments in FlowCalls.PlanArguments(plan, attempt))
        {
            if ((string)(await CallAsync(_links.Hot, _scripts.FlowPlan, arguments, cancellationToken))! is var reply and not "O")
                return reply;
        }

        foreach (var arguments in FlowCalls.StageArguments(plan, attempt))
        {
            if ((string)(await CallAsync(_links.Hot, _scripts.FlowStage, arguments, cancellationToken))! is var reply and not "O")
                return reply;
        }

        return (string)(await CallAsync(_links.Hot, _scripts.FlowStart, FlowCalls.StartArguments(plan, attempt), cancellationToken))!;
    }

    async Task TakeBackAsync(FlowId id, string attempt, CancellationToken cancellationToken)
    {
        while ((long)await CallAsync(_links.Hot, _scripts.FlowDrop, [id.ToString(), attempt], cancellationToken) > 0)
        {
        }
    }

    static IEnumerable<RedisResult> Rows(RedisResult reply) => ((RedisResult[])reply!).Skip(1);
}
