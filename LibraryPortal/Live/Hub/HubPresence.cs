namespace LibraryPortal.Live.Hub;

/// <summary>Who listens to the hub of this process, and since when.</summary>
internal sealed class HubPresence
{
    readonly Lock _gate = new();
    readonly Dictionary<string, Dictionary<string, DateTimeOffset>> _connections = new(StringComparer.Ordinal);

    public void Add(string userId, string connectionId, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_connections.TryGetValue(userId, out var own))
                _connections[userId] = own = new(StringComparer.Ordinal);
            own[connectionId] = now;
        }
    }

    public void Remove(string userId, string connectionId)
    {
        lock (_gate)
        {
            if (_connections.TryGetValue(userId, out var own) && own.Remove(connectionId) && own.Count == 0)
                _connections.Remove(userId);
        }
    }

    public bool IsHere(string userId)
    {
        lock (_gate)
            return _connections.ContainsKey(userId);
    }

    /// <summary>Everyone who listens, with the start of the oldest connection.</summary>
    public IReadOnlyList<(string UserId, DateTimeOffset Since)> Everyone()
    {
        lock (_gate)
            return [.. _connections.Select(user => (user.Key, user.Value.Values.Min()))];
    }
}
