using LibraryPortal.Components.Shared.Slots;

namespace LibraryPortal.Features.Notices;

/// <summary>The notice centre: the bell, toasts and the page of notices.</summary>
internal static class NoticesModule
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<ListMyNotices>();
        services.AddSingleton<MarkNoticesRead>();
        services.AddSlot<NoticeBell>(SlotNames.LayoutHeader);
        services.AddSlot<NoticeListener>(SlotNames.LayoutListeners);
        return services;
    }
}
