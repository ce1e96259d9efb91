namespace LibraryPortal.Components.Shared;

/// <summary>One field of a form on a page that is read again while somebody types: what was typed stays, what nobody touched follows what is stored.</summary>
/// <param name="label">As the form calls it.</param>
internal sealed class DraftField<T>(string label)
{
    readonly EqualityComparer<T?> _equal = EqualityComparer<T?>.Default;
    T? _stored;
    bool _hasMoved;

    /// <summary>What the form shows.</summary>
    public T? Value { get; set; }

    /// <summary>Whether it shows something else than is stored.</summary>
    public bool IsTyped => !_equal.Equals(Value, _stored);

    /// <summary>What somebody else stored while something else was typed here; null when that did not happen.</summary>
    public string? Contest => _hasMoved && IsTyped ? _stored is null or "" ? $"no {label}" : $"{label} “{_stored}”" : null;

    /// <summary>Shows what is stored, whatever was typed.</summary>
    public void Begin(T? stored) => (Value, _stored, _hasMoved) = (stored, stored, false);

    /// <summary>Takes note of what is stored now.</summary>
    /// <returns>True when that is something else than before.</returns>
    public bool Follow(T? stored)
    {
        if (_equal.Equals(stored, _stored))
            return false;
        if (IsTyped)
            _hasMoved = true;
        else
            Value = stored;
        _stored = stored;
        return true;
    }
}
