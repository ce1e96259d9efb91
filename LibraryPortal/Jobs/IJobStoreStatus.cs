namespace LibraryPortal.Jobs;

/// <summary>Whether the store answers, for banners and readiness.</summary>
public interface IJobStoreStatus
{
    /// <summary>Null while the store answers; else one sentence with the address and the remedy.</summary>
    string? Outage { get; }

    /// <summary>Raised when <see cref="Outage"/> changes, on any thread.</summary>
    event Action? Changed;
}
