using LibraryPortal.Jobs.Events;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using LibraryPortal.Jobs.Stores.Redis.Events;
using LibraryPortal.Jobs.Stores.Redis.Records;
using LibraryPortal.Jobs.Stores.Redis.Transitions;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>The store for any number of processes. Keys and scripts are described in this folder's README.md. Connects at the first call, not before.</summary>
internal sealed partial class RedisJobStore : IJobStore
{
    const int BulkFrom = 64;

    // Each is several keys.
    const int MostFlowsPruned = 128;

    readonly RedisStoreOptions _options;
    readonly TimeProvider _clock;
    readonly RedisKeys _keys;
    readonly RedisScripts _scripts;
    readonly RedisLinks _links;
    readonly RedisWatch _watch;
    readonly RedisCaller _caller;
    readonly RedisHeartLine _heartLine;
    readonly RedisMessages _messages;
    readonly EventPublisher _publisher;
    readonly IdleWorkers _idle = new();
    readonly StoreOutage _outage;
    readonly FollowUp _overdue;
    readonly FollowUp _parked;
    int _disposed;

    /// <param name="clock">Dates what workers report; leases and due times follow the clock of Redis.</param>
    public RedisJobStore(RedisAddress address, RedisStoreOptions options, TimeProvider clock, ILogger<RedisJobStore> log)
    {
        _options = options;
        _clock = clock;
        _keys = new RedisKeys(options.Prefix);
        _scripts = new RedisScripts(_keys, options);
        _links = new RedisLinks(address);
        _outage = new StoreOutage { ListenerFailed = error => RedisStoreLog.ListenerFailed(log, error) };
        var errors = new RedisErrors(address);
        _watch = new RedisWatch(_links, address, errors, _outage, _scripts.Check, log);
        _messages = new RedisMessages(_keys, _links.Messages, _watch, error => RedisStoreLog.ListenerFailed(log, error));
        _caller = new RedisCaller(_watch, errors, new RedisMemory(address, log), _messages.SettledAsync);
        _heartLine = new RedisHeartLine(new RedisLine(address, options.ControlTimeout));
        _publisher = new EventPublisher(_messages.PublishAsync);
        _overdue = new FollowUp(EndSomeOverdueAsync);
        _parked = new FollowUp(UnparkSomeAsync);
    }

    public string? Outage => _outage.Outage;

    public event Action? Changed
    {
        add => _outage.Changed += value;
        remove => _outage.Changed -= value;
    }

    public IDisposable Subscribe(Action<IReadOnlyList<JobEvent>> listener) => _messages.Subscribe(listener);

    public IDisposable SubscribeToGaps(Action listener) => _messages.SubscribeToGaps(listener);

    public IDisposable SubscribeToWakeUps(Action<WakeUp> listener) => _messages.SubscribeToWakeUps(listener);

    public async Task<IReadOnlyList<EnqueueReceipt>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken)
    {
        List<EnqueueReceipt> receipts = new(jobs.Count);
        foreach (var batch in BatchLimits.Split(jobs, BatchLimits.Weigh))
        {
            var call = new EnqueueCall(_keys, batch);
            var sent = SendAsync(call, cancellationToken);
            // A worker of this process need not hear of it from Redis: its claim follows on the same connection.
            if (_idle.WaitFor(batch))
                _messages.WakeForWork();
            var accepted = call.Read(await sent);
            receipts.AddRange(accepted);
            var now = _clock.GetUtcNow();
            for (var i = 0; i < accepted.Length; i++)
            {
                var job = batch[i];
                if (accepted[i].IsNew)
                    TellOnItsWay(job, job.DueAt > now ? JobState.Scheduled : JobState.Queued);
            }

            _publisher.Flush();
        }

        return receipts;
    }

    public async Task<ClaimReply> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        _messages.Adopt(request.Worker);
        var arguments = ClaimCall.Arguments(request, BatchLimits.Jobs, _idle.MayHold(request.Worker));
        _idle.Ask(request.Worker);
        var reply = ClaimCall.Read(await CallAsync(_links.Hot, _scripts.Claim, arguments, cancellationToken), out var anyExpired);
        if (reply.Jobs.Count > 0)
            _idle.Remove(request.Worker);
        else if (reply.WorkerIsKnown)
            _idle.Add(request.Worker, request.Lanes);
        else
            Forget(request.Worker);
        foreach (var job in reply.Jobs)
            TellOnItsWay(job.Envelope, JobState.Running);

        _publisher.Flush();
        // What was claimed does not wait for it.
        if (anyExpired)
            _overdue.Start();
        return reply;
    }

    public async Task<IReadOnlyList<bool>> FinishAsync(string worker, IReadOnlyList<JobOutcome> outcomes, CancellationToken cancellationToken)
    {
        List<bool> accepted = new(outcomes.Count);
        foreach (var batch in BatchLimits.Split(outcomes, BatchLimits.Weigh))
        {
            var call = new FinishCall(_keys, worker, batch, _clock.GetUtcNow());
            var reply = await CallAsync(_links.Hot, _scripts.Finish, call.Arguments, cancellationToken);
            var states = call.Read(reply);
            for (var i = 0; i < states.Length; i++)
            {
                accepted.Add(states[i] is not null);
                var job = batch[i].Job.Envelope;
                if (states[i] is { } state)
                    _publisher.Add(job.Id, job.Name, state, job.Owner, batch[i].Progress);
            }

            _publisher.Flush();
            if (FinishCall.LeftSteps(reply))
                await GoOnWithFlowsAsync();
        }

        return accepted;
    }

    public async Task ReportProgressAsync(string worker, IReadOnlyList<ProgressReport> reports, CancellationToken cancellationToken)
    {
        foreach (var batch in BatchLimits.Split(reports, static _ => 1))
        {
            var known = ProgressCall.Read(await CallAsync(_links.Hot, _scripts.Progress, ProgressCall.Arguments(worker, batch), cancellationToken));
            for (var i = 0; i < known.Length; i++)
            {
                if (known[i] is { } job)
                    _publisher.Add(batch[i].Id, job.Name, JobState.Running, job.Owner, batch[i].Progress);
            }

            _publisher.Flush();
        }
    }

    public Task<BeatReply> BeatAsync(WorkerBeat beat, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _messages.Adopt(beat.Worker);
        return _heartLine.RunAsync(line =>
        {
            var reply = BeatCall.Read(_caller.Run(line, _scripts.Beat, BeatCall.Arguments(beat)), out var moreParked);
            if (!reply.IsKnown)
                Forget(beat.Worker);
            if (moreParked)
                Unpark(beat.JobNames);
            return reply;
        });
    }

    public async Task<IReadOnlyList<JobId>> ReapAsync(TimeSpan silence, int quarantineAfter, CancellationToken cancellationToken)
    {
        List<JobId> recovered = [];
        RedisValue[] arguments = [(long)silence.TotalMilliseconds, quarantineAfter];
        long left;
        do
        {
            var columns = (RedisResult[])(await ControlAsync(_scripts.Reap, arguments, cancellationToken))!;
            left = (long)columns[0];
            var changed = RecoveredJobs.Read(columns, from: 1).ToLookup(static job => job.State == JobState.Expired);
            Tell(changed[true]);
            recovered.AddRange(Tell(changed[false]));
        }
        while (left > 0);
        return recovered;
    }

    public async Task LeaveAsync(string worker, CancellationToken cancellationToken)
    {
        var columns = (RedisResult[])(await ControlAsync(_scripts.Leave, [RedisText.Escape(worker)], cancellationToken))!;
        Tell(RecoveredJobs.Read(columns, from: 0));
        Forget(worker);
    }

    public async Task<CancelReply> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var reply = (RedisResult[])(await ControlAsync(_scripts.Cancel, [RedisText.Id(id)], cancellationToken))!;
        await GoOnWithFlowsAsync(reply[1]);
        switch ((string?)reply[0])
        {
            case "C":
                Tell([(id, JobState.Cancelled, RecordHeader.Read((byte[])reply[1]!))]);
                return CancelReply.Cancelled;
            case "R":
                Tell([(id, JobState.Running, RecordHeader.Read((byte[])reply[1]!))]);
                return CancelReply.Requested;
            case "F":
                return CancelReply.AlreadyFinal;
            default:
                return CancelReply.Unknown;
        }
    }

    public Task<RetryReply> RetryAsync(JobId id, CancellationToken cancellationToken) => RetryAsync(id, [RedisText.Id(id)], cancellationToken);

    async Task<RetryReply> RetryAsync(JobId id, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        var reply = (RedisResult[])(await ControlAsync(_scripts.Retry, arguments, cancellationToken))!;
        await GoOnWithFlowsAsync(reply[1]);
        switch ((string?)reply[0])
        {
            case "Q":
                Tell([(id, JobState.Queued, RecordHeader.Read((byte[])reply[1]!))]);
                return RetryReply.Queued;
            case "N":
                return RetryReply.NotRetryable;
            default:
                return RetryReply.Unknown;
        }
    }

    public async Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        var row = await CallAsync(_links.Console, _scripts.Find, [RedisText.Id(id)], cancellationToken);
        var record = row.IsNull ? null : RecordReader.ReadRow(row);
        // Over, though nobody has taken it away yet. Of others the script knows whether they may still be replayed.
        return record is { State: JobState.Succeeded } && record.FinishedAt + record.Envelope.ResultTtl <= _clock.GetUtcNow() ? null : record;
    }

    public async Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken)
    {
        List<JobRecord> jobs = [];
        var looked = 0;
        while (true)
        {
            RedisValue[] arguments = [RecordLetters.Of(query.State).ToString(), query.Offset + looked, query.Count - looked, BatchLimits.Bytes];
            var columns = (RedisResult[])(await CallAsync(_links.Console, _scripts.List, arguments, cancellationToken))!;
            jobs.AddRange(columns.Skip(2).Select(RecordReader.ReadRow));
            // It broke off where the page was larger than one call may be.
            if ((int)columns[1] is 0)
                return new JobPage(jobs, (long)columns[0]);
            looked += (int)columns[1];
        }
    }

    public async Task<JobCounts> CountAsync(CancellationToken cancellationToken)
    {
        JobState[] states =
        [
            JobState.Scheduled, JobState.Queued, JobState.Running, JobState.Succeeded, JobState.Failed, JobState.Cancelled, JobState.Expired, JobState.Quarantined, JobState.Waiting,
        ];
        var counts = (long[])(await CallAsync(_links.Console, _scripts.Count, [], cancellationToken))!;
        return new JobCounts(states.Zip(counts).ToDictionary(static pair => pair.First, static pair => pair.Second));
    }

    public async Task<IReadOnlyList<QueueRecord>> ListQueuesAsync(CancellationToken cancellationToken) =>
        QueueLanes.Join(RecordReader.ReadLanes(await CallAsync(_links.Console, _scripts.Queues, [], cancellationToken)));

    public async Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(CancellationToken cancellationToken) =>
        BeatCall.ReadWorkers(await CallAsync(_links.Console, _scripts.Workers, [], cancellationToken));

    public async Task<int> PruneAsync(int limit, CancellationToken cancellationToken)
    {
        var reply = (int[])(await ControlAsync(_scripts.Prune, [Math.Clamp(limit, 1, 1_000), Math.Clamp(limit, 1, MostFlowsPruned)], cancellationToken))!;
        return reply[1] == 1 ? limit : Math.Min(limit - 1, reply[0]);
    }

    public Task CheckAsync(CancellationToken cancellationToken) => ControlAsync(_scripts.Check, [], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // A container that hands the store out under two names disposes it twice.
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _publisher.DisposeAsync();
        await _heartLine.DisposeAsync();
        await _messages.DisposeAsync();
        await _watch.DisposeAsync();
        await _links.DisposeAsync();
    }

    // Bulk comes in several calls at once, and their order must hold even when the server lost its scripts; beside so many jobs the text weighs nothing.
    Task<RedisResult> SendAsync(EnqueueCall call, CancellationToken cancellationToken) =>
        _caller.RunAsync(_links.Hot, _scripts.Enqueue, call.Arguments, _options.CallTimeout, cancellationToken, asText: call.Count >= BulkFrom);

    Task<RedisResult> CallAsync(RedisLink link, RedisScript script, RedisValue[] arguments, CancellationToken cancellationToken) =>
        _caller.RunAsync(link, script, arguments, _options.CallTimeout, cancellationToken);

    Task<RedisResult> ControlAsync(RedisScript script, RedisValue[] arguments, CancellationToken cancellationToken) =>
        _caller.RunAsync(_links.Control, script, arguments, _options.ControlTimeout, cancellationToken);

    List<JobId> Tell(IEnumerable<(JobId Id, JobState State, RecordHeader Header)> changed)
    {
        List<JobId> ids = [];
        foreach (var (id, state, header) in changed)
        {
            ids.Add(id);
            _publisher.Add(id, header.Name, state, header.Owner);
        }

        _publisher.Flush();
        return ids;
    }

    // How far a job got in a worker's own queue is awaited by nobody, and an idle worker is to be quiet.
    void TellOnItsWay(JobEnvelope job, JobState state)
    {
        if (!OwnQueue.Is(job.Queue))
            _publisher.Add(job.Id, job.Name, state, job.Owner);
    }

    void Forget(string worker)
    {
        _messages.Forget(worker);
        _idle.Remove(worker);
    }
}
