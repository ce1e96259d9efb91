namespace LibraryPortal.Components.Shared.Navigation;

/// <summary>Adds a slice's pages to the menus.</summary>
public static class NavigationExtensions
{
    /// <param name="order">100 unless told.</param>
    /// <param name="key">The letter that leads there after g.</param>
    /// <param name="isMain">True: also in the header and in a phone's bar.</param>
    /// <param name="shortText">The word in a phone's bar.</param>
    public static IServiceCollection AddNavigation(
        this IServiceCollection services, NavigationArea area, string href, string text, IconName icon,
        int order = 100, char? key = null, bool isMain = false, string? shortText = null) =>
        services.AddSingleton(new NavigationItem(area, href, text, icon, order) { Key = key, IsMain = isMain, ShortText = shortText });

    /// <summary>The items of one area in their order.</summary>
    public static IEnumerable<NavigationItem> In(this IEnumerable<NavigationItem> items, NavigationArea area) =>
        items.Where(item => item.Area == area).OrderBy(item => item.Order);
}
