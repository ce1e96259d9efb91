namespace LibraryPortal.Components.Shared.Slots;

/// <summary>The places that others may add to. Whoever owns the place says here what arrives with it.</summary>
public static class SlotNames
{
    /// <summary>In the header, beside the account menu; rendered for signed-in people only. No parameters.</summary>
    public const string LayoutHeader = "layout.header";

    /// <summary>On every page, after its content: listeners without a picture of their own, for signed-in people only. No parameters.</summary>
    public const string LayoutListeners = "layout.listeners";

    /// <summary>In the account menu, as list items (<c>li</c>). No parameters.</summary>
    public const string AccountMenu = "layout.account-menu";

    /// <summary>On the home page, below the search box: shelves of books, for everyone. No parameters.</summary>
    public const string HomeShelves = "home.shelves";

    /// <summary>Beside the heading of My requests. No parameters.</summary>
    public const string MyRequestsActions = "my-requests.actions";

    /// <summary>On the page of a title, beside its availability: what one can do with it, for everyone. Parameter: <c>TitleId</c> (int).</summary>
    public const string TitleActions = "title.actions";

    /// <summary>Where a search of the catalogue found nothing. Parameter: <c>Words</c> (string), what was searched for.</summary>
    public const string CatalogNothingFound = "catalog.nothing-found";
}
