namespace LibraryPortal.Components.Shared.Navigation;

/// <summary>A page a slice offers in the menus: header, staff bar, account menu and the list of shortcuts all read the same items.</summary>
/// <param name="Href">A local address: <c>/staff/loans</c>.</param>
/// <param name="Text">One or two words.</param>
/// <param name="Order">Lower comes first; equal ones keep the order of registration.</param>
public sealed record NavigationItem(NavigationArea Area, string Href, string Text, IconName Icon, int Order)
{
    /// <summary>The letter that leads there after g; null when there is none. Unique.</summary>
    public char? Key { get; init; }

    /// <summary>True for the few that also stand in the header and, on phones, in the bar at the bottom.</summary>
    public bool IsMain { get; init; }

    /// <summary>The word where room is short: the bar at the bottom of a phone. Null: <see cref="Text"/>.</summary>
    public string? ShortText { get; init; }
}
