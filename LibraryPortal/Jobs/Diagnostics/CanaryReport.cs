namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>Whether the worker of this process takes jobs, as its canary found out.</summary>
internal sealed class CanaryReport
{
    volatile string? _trouble;

    /// <summary>Why this process must be taken for not consuming, in a sentence; null while it proves that it does, or has no worker.</summary>
    public string? Trouble => _trouble;

    /// <summary>A job went all the way: taken, run, acknowledged; or nothing can be said while the store is out.</summary>
    public void Clear() => _trouble = null;

    public void Fail(string sentence) => _trouble = sentence;
}
