using System.ComponentModel.DataAnnotations;

namespace LibraryPortal.Identity.Limits;

/// <summary>Settings under <c>RateLimits</c>, for instance <c>RateLimits:SignIn:Permits</c>. Each limit counts anew after its window.</summary>
/// <remarks>The defaults let a class of thirty behind one address register and sign in together.</remarks>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Tries to sign in per client address, on the page and in the API. Default: 60 in 60 s.</summary>
    public RateLimit SignIn { get; set; } = new(60, 60);

    /// <summary>Tries to register per client address. Default: 100 in 3,600 s.</summary>
    public RateLimit Registration { get; set; } = new(100, 3600);

    /// <summary>Requests for a reset or confirmation mail per client address. Default: 20 in 3,600 s.</summary>
    public RateLimit PasswordReset { get; set; } = new(20, 3600);

    /// <summary>Tries to sign in over the API per user name and client address. Default: 20 in 60 s.</summary>
    public RateLimit ApiLogin { get; set; } = new(20, 60);

    /// <summary>Calls of the API per account. Default: 1,200 in 60 s.</summary>
    public RateLimit Api { get; set; } = new(1200, 60);

    /// <summary>All limits with the names of their settings, for the check at start.</summary>
    internal IEnumerable<(string Name, RateLimit Limit)> All =>
        [(nameof(SignIn), SignIn), (nameof(Registration), Registration), (nameof(PasswordReset), PasswordReset), (nameof(ApiLogin), ApiLogin), (nameof(Api), Api)];
}

/// <summary>So many in so long.</summary>
public sealed class RateLimit
{
    public RateLimit() { }

    public RateLimit(int permits, int windowSeconds) => (Permits, WindowSeconds) = (permits, windowSeconds);

    /// <summary>How many in one window; at least 1.</summary>
    [Range(1, int.MaxValue)]
    public int Permits { get; set; } = 1;

    /// <summary>The window in seconds; 1 to 86,400.</summary>
    [Range(1, 86_400)]
    public int WindowSeconds { get; set; } = 60;
}
