using Microsoft.Extensions.Options;

namespace LibraryPortal.Identity.SignIn;

/// <summary>Locks names that no account has, exactly as an account would be locked, so that a lock does not tell which names exist. Kept in memory, bounded.</summary>
internal sealed class PhantomLocks(IOptions<AccountOptions> options, TimeProvider clock)
{
    const int MaxNames = 10_000;

    readonly Lock _gate = new();
    readonly Dictionary<string, Phantom> _phantoms = new(StringComparer.OrdinalIgnoreCase);

    public bool IsLocked(string login)
    {
        lock (_gate)
            return _phantoms.TryGetValue(login.Trim(), out var phantom) && phantom.LockedUntil > clock.GetUtcNow();
    }

    /// <returns>Whether the name is locked now.</returns>
    public bool CountFailure(string login)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var name = login.Trim();
            var failures = _phantoms.GetValueOrDefault(name).Failures + 1;
            var locks = failures >= options.Value.LockoutFailures;
            if (_phantoms.Count >= MaxNames)
                Forget(now);
            _phantoms[name] = new Phantom(locks ? 0 : failures, locks ? now.AddMinutes(options.Value.LockoutMinutes) : default, now);
            return locks;
        }
    }

    void Forget(DateTimeOffset now)
    {
        foreach (var (name, _) in _phantoms.Where(pair => pair.Value.LockedUntil <= now).OrderBy(pair => pair.Value.LastFailure).Take(MaxNames / 2).ToList())
            _phantoms.Remove(name);
        if (_phantoms.Count >= MaxNames)
            _phantoms.Clear();
    }

    readonly record struct Phantom(int Failures, DateTimeOffset LockedUntil, DateTimeOffset LastFailure);
}
