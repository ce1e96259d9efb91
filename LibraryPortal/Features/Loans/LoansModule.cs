using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;

namespace LibraryPortal.Features.Loans;

/// <summary>The staff's lists of what is out: the page <c>/staff/loans</c>.</summary>
internal static class LoansModule
{
    public static IServiceCollection AddLoans(this IServiceCollection services)
    {
        services.AddSingleton<ListStaffLoans>();
        services.AddNavigation(NavigationArea.Staff, "/staff/loans", "Loans", IconName.Book, 30, 'o');
        return services;
    }
}
