using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>A worker's process: what it knows of itself and of its jobs. The store may know better.</summary>
internal sealed class ModelWorker(string name, IReadOnlyList<string> names)
{
    int _run;

    public string Id => $"{name}-{_run}";

    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>Whether its next beat is its first.</summary>
    public bool IsFirst { get; set; } = true;

    /// <summary>The jobs it runs, or thinks it does.</summary>
    public List<ClaimedJob> Held { get; } = [];

    /// <summary>Another run: it knows nothing of the one before.</summary>
    public void StartAnew()
    {
        _run++;
        IsFirst = true;
        Held.Clear();
    }
}
