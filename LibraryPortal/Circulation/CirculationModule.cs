using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Circulation.Opening;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Circulation.Story;

namespace LibraryPortal.Circulation;

/// <summary>Registers the use cases of requests, loans and copies.</summary>
internal static class CirculationModule
{
    /// <summary>What happens by itself: in every process, because any of them may be told of a new calendar.</summary>
    public static IServiceCollection AddCirculationClock(this IServiceCollection services) => services.AddNightlySchedule().AddHostedService<KeepCalendarCurrent>();

    // In this order: what a closed day moved does not expire, and a pause that ends takes part in the matching of the same night.
    static void AddNightlySteps(this IServiceCollection services)
    {
        services.AddSingleton<RequestBatches>();
        services.AddSingleton<ForgetReaders>();
        services.AddSingleton<MatchCopies>();
        services.AddSingleton<WriteMovedDates>();
        services.AddSingleton<INightlyStep>(provider => provider.GetRequiredService<MovePromisedDates>());
        services.AddSingleton<INightlyStep, ResumeRequests>();
        services.AddSingleton<INightlyStep, ExpireRequests>();
        services.AddSingleton<INightlyStep, ExpirePickups>();
        services.AddSingleton<INightlyStep>(provider => provider.GetRequiredService<MatchCopies>());
        services.AddSingleton<INightlyStep>(provider => provider.GetRequiredService<ForgetReaders>());
    }

    public static IServiceCollection AddCirculation(this IServiceCollection services)
    {
        services.AddSingleton<ChangeLibrary>();
        services.AddSingleton<PatronLetters>();
        services.AddSingleton<ChangeRequest>();
        services.AddSingleton<RequestTitle>();
        services.AddSingleton<RequestByName>();
        services.AddSingleton<CheckRequest>();
        services.AddSingleton<ServeTitle>();
        services.AddSingleton<FindTitles>();
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
        services.AddSingleton<UndoLend>();
        services.AddSingleton<RenewLoan>();
        services.AddSingleton<RenewAllLoans>();
        services.AddSingleton<ReturnCopy>();
        services.AddSingleton<ReturnLoan>();
        services.AddSingleton<UndoReturn>();
        services.AddSingleton<ListLoans>();
        services.AddSingleton<ExpectReady>();
        services.AddSingleton<MoveCopy>();
        services.AddSingleton<ReportLost>();
        services.AddSingleton<ReportFound>();
        services.AddSingleton<ChangePatron>();
        services.AddSingleton<FindStanding>();
        services.AddSingleton<FindPatron>();
        services.AddSingleton<BlockPatron>();
        services.AddSingleton<UnblockPatron>();
        services.AddSingleton<KeepMyHistory>();
        services.AddSingleton<ForgetMyHistory>();
        services.AddSingleton<ReadStory>();
        services.AddSingleton<MovePromisedDates>();
        services.AddNightlySteps();
        services.AddSingleton<FindPatrons>();
        services.AddSingleton<ForgetMyLoan>();
        services.AddSingleton<ListCategories>();
        return services;
    }
}
