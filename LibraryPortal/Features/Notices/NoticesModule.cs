using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;
using LibraryPortal.Components.Shared.Slots;

namespace LibraryPortal.Features.Notices;

/// <summary>The notice centre: the bell, toasts and the page of notices.</summary>
internal static class NoticesModule
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<ListMyNotices>();
        services.AddSingleton<MarkNoticesRead>();
        services.AddNavigation(NavigationArea.Reader, "/me/notices", "Notices", IconName.Bell, 40, 'n');
        services.AddSlot<NoticeBell>(SlotNames.LayoutHeader);
        services.AddSlot<NoticeListener>(SlotNames.LayoutListeners);
        return services;
    }
}
