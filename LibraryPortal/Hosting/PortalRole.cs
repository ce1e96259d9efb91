namespace LibraryPortal.Hosting;

/// <summary>What this process does.</summary>
public enum PortalRole
{
    /// <summary>Pages and worker in one process.</summary>
    All,

    /// <summary>Pages only; jobs are run by others. Needs Redis.</summary>
    Web,

    /// <summary>Jobs only, with health endpoints. Needs Redis.</summary>
    Worker,
}
