using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;

namespace LibraryPortal.Circulation;

/// <summary>Registers the use cases of requests, loans and copies.</summary>
internal static class CirculationModule
{
    public static IServiceCollection AddCirculation(this IServiceCollection services)
    {
        services.AddSingleton<ChangeLibrary>();
        services.AddSingleton<PatronLetters>();
        services.AddSingleton<ChangeRequest>();
        services.AddSingleton<RequestTitle>();
        services.AddSingleton<RequestByName>();
        services.AddSingleton<CheckRequest>();
        services.AddSingleton<ServeTitle>();
        services.AddSingleton<ApproveRequest>();
        services.AddSingleton<ApproveRequests>();
        services.AddSingleton<DeclineRequest>();
        services.AddSingleton<DeclineRequests>();
        services.AddSingleton<LinkRequest>();
        services.AddSingleton<PauseRequest>();
        services.AddSingleton<ResumeRequest>();
        services.AddSingleton<CancelRequest>();
        services.AddSingleton<UndoCancelRequest>();
        services.AddSingleton<ChangeNeededUntil>();
        services.AddSingleton<LendRequest>();
        services.AddSingleton<LendCopy>();
        services.AddSingleton<RenewLoan>();
        services.AddSingleton<RenewAllLoans>();
        services.AddSingleton<ReturnCopy>();
        services.AddSingleton<ReturnLoan>();
        services.AddSingleton<UndoReturn>();
        services.AddSingleton<MoveCopy>();
        services.AddSingleton<ReportLost>();
        services.AddSingleton<ReportFound>();
        return services;
    }
}
