using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;

namespace LibraryPortal.Features.Users;

/// <summary>The accounts and their roles: the page <c>/admin/users</c>.</summary>
internal static class UsersModule
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddSingleton<ListAccounts>();
        services.AddSingleton<SteerAccount>();
        services.AddNavigation(NavigationArea.Admin, "/admin/users", "Accounts", IconName.User, 40, 'u');
        return services;
    }
}
