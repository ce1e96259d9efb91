using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Support;

/// <summary>The engine as its users see it, played by the test: remembers what it was told, answers what it was set to, and can be out.</summary>
internal sealed class ScriptedJobs : IJobClient, IJobStoreStatus
{
    readonly Lock _gate = new();
    readonly List<JobEnvelope> _submitted = [];
    readonly List<JobId> _cancelled = [];
    readonly Dictionary<JobId, JobRecord> _records = [];
    string? _outage;

    public event Action? Changed;

    /// <summary>Thrown by every call while set.</summary>
    public string? Outage
    {
        get => _outage;
        set
        {
            _outage = value;
            Changed?.Invoke();
        }
    }

    /// <summary>Jobs of this name are refused.</summary>
    public string? RefusedName { get; set; }

    /// <summary>Jobs of this name fail to be accepted, for a reason that is not theirs to know.</summary>
    public string? BrokenName { get; set; }

    /// <summary>It takes no job, and all else.</summary>
    public bool IsFull { get; set; }

    /// <summary>Of the next call's jobs it accepts so many and no more: for want of room while <see cref="IsFull"/>, else because it goes away.</summary>
    public int? TakesOnly { get; set; }

    /// <summary>How often it was handed jobs while it was full.</summary>
    public int TurnedAway { get; private set; }

    /// <summary>How often jobs were handed over.</summary>
    public int Submissions { get; private set; }

    /// <summary>Runs after jobs were accepted and before the caller knows.</summary>
    public Action? AfterSubmit { get; set; }

    /// <summary>Accepted jobs in their order, each once.</summary>
    public IReadOnlyList<JobEnvelope> Submitted
    {
        get
        {
            lock (_gate)
                return [.. _submitted];
        }
    }

    public IReadOnlyList<JobId> Cancelled
    {
        get
        {
            lock (_gate)
                return [.. _cancelled];
        }
    }

    /// <summary>Sets what the engine knows of a job; a null state makes it unknown.</summary>
    public void Set(JobId id, JobState? state, string? error = null, int attempt = 1, object? result = null)
    {
        lock (_gate)
        {
            if (state is null)
                _records.Remove(id);
            else
                _records[id] = new JobRecord { Envelope = Envelope(id, "reports.export"), State = state.Value, Error = error, Attempt = attempt, Result = result is null ? null : System.Text.Json.JsonSerializer.SerializeToElement(result, JobJson.Options) };
        }
    }

    public static JobEnvelope Envelope(JobId id, string name) => new()
    {
        Id = id, Name = name, Queue = "default", Priority = JobPriority.Normal, Args = System.Text.Json.JsonDocument.Parse("{}").RootElement,
        EnqueuedAt = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), Retry = new RetryPolicy(5, TimeSpan.FromSeconds(2), TimeSpan.FromHours(1)),
        ResultTtl = TimeSpan.FromDays(1),
    };

    public JobEnvelope Prepare(IJobArgs args, Action<JobOptions>? options = null)
    {
        var chosen = new JobOptions();
        options?.Invoke(chosen);
        return Envelope(chosen.IdValue ?? JobId.New(), "reports.export") with
        {
            Args = System.Text.Json.JsonSerializer.SerializeToElement(args, args.GetType(), JobJson.Options),
            Owner = chosen.OwnerValue,
            SerialKey = chosen.SerialKeyValue,
        };
    }

    public JobEnvelope Prepare(string name, System.Text.Json.JsonElement args, Action<JobOptions>? options = null) =>
        Envelope(JobId.New(), name) with { Args = args };

    public Task<IReadOnlyList<JobHandle>> SubmitAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken = default)
    {
        ThrowIfOut();
        if (TakesOnly is { } few)
        {
            TakesOnly = null;
            throw new EnqueueInterruptedException(
                Accept(jobs.Take(few)), [.. jobs.Skip(few).Select(job => job.Id)], IsFull ? new JobStoreFullException() : new JobStoreUnavailableException());
        }

        if (IsFull)
        {
            TurnedAway++;
            throw new EnqueueInterruptedException([], [.. jobs.Select(job => job.Id)], new JobStoreFullException());
        }

        if (jobs.Any(job => job.Name == RefusedName))
            throw new ArgumentException($"No handler is called {RefusedName}.", nameof(jobs));
        if (jobs.Any(job => job.Name == BrokenName))
            throw new InvalidOperationException($"{BrokenName} broke the store.");
        var accepted = Accept(jobs);
        AfterSubmit?.Invoke();
        return Task.FromResult<IReadOnlyList<JobHandle>>(accepted);
    }

    public Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken = default)
    {
        ThrowIfOut();
        lock (_gate)
            return Task.FromResult(_records.GetValueOrDefault(id));
    }

    public Task<CancelReply> CancelAsync(JobId id, CancellationToken cancellationToken = default)
    {
        ThrowIfOut();
        lock (_gate)
            _cancelled.Add(id);
        return Task.FromResult(CancelReply.Cancelled);
    }

    public async Task<JobHandle> EnqueueAsync(IJobArgs args, Action<JobOptions>? options = null, CancellationToken cancellationToken = default) =>
        (await SubmitAsync([Prepare(args, options)], cancellationToken))[0];

    public async Task<JobHandle<TResult>> EnqueueAsync<TResult>(
        IJobArgs<TResult> args, Action<JobOptions>? options = null, CancellationToken cancellationToken = default) =>
        new(this, (await SubmitAsync([Prepare(args, options)], cancellationToken))[0].Id, true);

    public Task<IReadOnlyList<JobHandle>> EnqueueManyAsync(
        IEnumerable<IJobArgs> args, Action<JobOptions>? options = null, CancellationToken cancellationToken = default) =>
        SubmitAsync([.. args.Select(one => Prepare(one, options))], cancellationToken);

    public async Task<JobRecord> WaitAsync(JobId id, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        await FindAsync(id, cancellationToken) is { IsFinal: true } record ? record : throw new TimeoutException();

    List<JobHandle> Accept(IEnumerable<JobEnvelope> jobs)
    {
        List<JobHandle> accepted = [];
        lock (_gate)
        {
            Submissions++;
            foreach (var job in jobs)
            {
                if (_records.TryAdd(job.Id, new JobRecord { Envelope = job, State = JobState.Queued }))
                    _submitted.Add(job);
                accepted.Add(new JobHandle(this, job.Id, true));
            }
        }

        return accepted;
    }

    void ThrowIfOut()
    {
        if (Outage is { } outage)
            throw new JobStoreUnavailableException(outage);
    }
}
