using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;

namespace LibraryPortal.Features.Patrons;

/// <summary>The staff's pages of readers.</summary>
internal static class PatronsModule
{
    public static IServiceCollection AddPatrons(this IServiceCollection services)
    {
        services.AddSingleton<ReadPatron>();
        services.AddSingleton<AddPatron>();
        services.AddSingleton<EditPatron>();
        services.AddNavigation(NavigationArea.Staff, "/staff/patrons", "Readers", IconName.User, 40, 'b');
        return services;
    }
}
