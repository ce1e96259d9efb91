namespace LibraryPortal.Components.Shared;

/// <summary>A list that changes under someone who reads it: while it is held, rows change in place but none comes, goes or moves.</summary>
internal sealed class HeldList<TKey, TItem>(Func<TItem, TKey> keyOf) where TKey : notnull
{
    IReadOnlyList<TItem> _latest = [];

    /// <summary>What is on screen.</summary>
    public IReadOnlyList<TItem> Shown { get; private set; } = [];

    /// <summary>True while someone reads. Letting go shows the latest.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>True while the latest list has other rows, or another order, than what is shown.</summary>
    public bool IsBehind { get; private set; }

    public void Update(IReadOnlyList<TItem> latest)
    {
        _latest = latest;
        if (!IsHeld || Shown.Count == 0)
        {
            Show();
            return;
        }

        var byKey = latest.ToDictionary(keyOf);
        IsBehind = !Shown.Select(keyOf).SequenceEqual(latest.Select(keyOf));
        Shown = [.. Shown.Select(item => byKey.GetValueOrDefault(keyOf(item), item))];
    }

    public void Hold() => IsHeld = true;

    public void LetGo()
    {
        IsHeld = false;
        Show();
    }

    /// <summary>Shows the latest now, held or not.</summary>
    public void Show()
    {
        Shown = _latest;
        IsBehind = false;
    }
}
