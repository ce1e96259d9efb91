namespace LibraryPortal.Jobs.Inspection;

/// <summary>One worker run, as its last beat told.</summary>
/// <param name="Id">Unique per start of a process.</param>
/// <param name="Slots">Jobs it runs at once at most.</param>
/// <param name="Running">Jobs it owns now.</param>
/// <param name="MemoryBytes">Working set.</param>
public sealed record WorkerRecord(
    string Id, string Host, int ProcessId, string Version, int Slots, int Running, long MemoryBytes,
    IReadOnlyList<string> Queues, IReadOnlyList<string> JobNames, DateTimeOffset StartedAt, DateTimeOffset LastBeatAt);
