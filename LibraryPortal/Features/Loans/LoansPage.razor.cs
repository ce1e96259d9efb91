using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Components.Shared;
using LibraryPortal.Domain;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;

namespace LibraryPortal.Features.Loans;

public sealed partial class LoansPage
{
    ReasonDialog? _reason;
    StaffLoanList? _list;
    IReadOnlyList<string> _categories = [];
    (string Text, bool Refused)? _last;

    [Inject]
    ListStaffLoans Loans { get; set; } = default!;

    [Inject]
    ListCategories Categories { get; set; } = default!;

    [Inject]
    RenewLoan Renew { get; set; } = default!;

    [Inject]
    ReportLost Lost { get; set; } = default!;

    [Inject]
    ReportFound Found { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "tab")]
    string? TabSlug { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    string? Words { get; set; }

    [SupplyParameterFromQuery(Name = "category")]
    string? Category { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    int? PageNumber { get; set; }

    LoanTab Tab => LoanWords.FromSlug(TabSlug);

    protected override bool ShowsEverybody => true;

    protected override bool Concerns(LiveChange change) => change is RequestsChanged or CatalogChanged;

    protected override async Task OnParametersSetAsync()
    {
        _categories = (await Categories.RunAsync(Caller)).Value ?? [];
        await base.OnParametersSetAsync();
    }

    bool IsLate(StaffLoan loan) => loan.LostAt is null && loan.DueAt < Time.GetUtcNow();

    async Task RenewAsync(StaffLoan loan)
    {
        var renewed = await Renew.RunAsync(Caller, loan.Id);
        if (renewed.Refusal is { MayOverride: true } refusal)
        {
            await _reason!.OpenAsync(ReasonQuestion.Override($"Renew “{loan.BookName}” for {loan.PatronName} all the same?", "Renew it", refusal.Sentences),
                async reason => await SayAsync(await Renew.RunAsync(Caller, loan.Id, reason), answer => answer.Message));
            return;
        }

        await SayAsync(renewed, answer => answer.Message);
    }

    Task AskLostAsync(StaffLoan loan) => _reason!.OpenAsync(
        new ReasonQuestion($"Is “{loan.BookName}” lost?", "Report it lost", "What is known?", "Colleagues read it. The loan goes on until the copy is found or withdrawn.") { IsDangerous = true },
        async note => await SayAsync(await Lost.RunAsync(Caller, loan.Barcode, note), answer => answer.Message));

    Task AskFoundAsync(StaffLoan loan) => _reason!.OpenAsync(
        new ReasonQuestion($"Is “{loan.BookName}” there again?", "It is found", "Where was it found?", "The loan ends; the copy goes to the next who waits, or on the shelf."),
        async note => await SayAsync(await Found.RunAsync(Caller, loan.Barcode, note), answer => answer.Message));

    async Task<Refusal?> SayAsync<T>(Outcome<T> outcome, Func<T, string> words)
    {
        if (outcome.Refusal is { Kind: RefusalKind.Invalid } wrong)
            return wrong;
        _last = (outcome.IsAllowed ? words(outcome.Value) : outcome.Refusal.Message, !outcome.IsAllowed);
        await RefreshAsync();
        return null;
    }

    protected override async Task LoadAsync() => _list = (await Loans.RunAsync(Caller, Tab, Words, Category, PageNumber ?? 1)).Value;
}
