using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Components.Shared;
using LibraryPortal.Domain;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;

namespace LibraryPortal.Features.Patrons;

public sealed partial class PatronPage
{
    ReasonDialog? _reason;
    PatronDetails? _patron;
    IReadOnlyList<string> _categories = [];
    string? _notFound;
    bool _isEditing;
    DateOnly? _blockedUntil;
    (string Text, bool Refused)? _last;

    [Inject]
    ReadPatron Read { get; set; } = default!;

    [Inject]
    EditPatron Edit { get; set; } = default!;

    [Inject]
    ListCategories Categories { get; set; } = default!;

    [Inject]
    BlockPatron Block { get; set; } = default!;

    [Inject]
    UnblockPatron Unblock { get; set; } = default!;

    [Inject]
    RenewLoan Renew { get; set; } = default!;

    [Inject]
    RenewAllLoans RenewAll { get; set; } = default!;

    [Inject]
    CancelRequest Cancel { get; set; } = default!;

    [Parameter]
    public string PatronId { get; set; } = "";

    /// <summary>1: the reader was just taken in.</summary>
    [SupplyParameterFromQuery(Name = "new")]
    int? New { get; set; }

    protected override bool ShowsEverybody => true;

    bool IsLate(LoanView loan) => !loan.IsLost && loan.DueAt < Time.GetUtcNow();

    protected override bool Concerns(LiveChange change) => change is RequestsChanged { User: var user } && (user is null || user == PatronId);

    protected override async Task OnParametersSetAsync()
    {
        _categories = (await Categories.RunAsync(Caller)).Value ?? [];
        await base.OnParametersSetAsync();
    }

    static string Lead(PatronDetails patron) => $"{patron.Profile.Category} · card {patron.Profile.CardNumber}{(patron.Profile.IsActive ? "" : " · membership ended")}";

    async Task SavedAsync(string message)
    {
        _isEditing = false;
        _last = (message, false);
        await LoadAsync();
    }

    async Task AskedAsync(string message)
    {
        _last = (message, false);
        await LoadAsync();
    }

    Task AskToBlockAsync()
    {
        _blockedUntil = null;
        return _reason!.OpenAsync(
            new ReasonQuestion($"Block {_patron!.Profile.Name}?", "Block the reader", "Why?", "The reader reads these words with every refusal.") { IsDangerous = true },
            async why => await SayAsync(await Block.RunAsync(Caller, PatronId, why, _blockedUntil), words => words), BlockUntil);
    }

    async Task UnblockAsync() => await SayAsync(await Unblock.RunAsync(Caller, PatronId), words => words);

    async Task SetActiveAsync(bool isActive) => await SayAsync(await Edit.SetActiveAsync(Caller, PatronId, isActive), words => words);

    async Task RenewAsync(LoanView loan)
    {
        var renewed = await Renew.RunAsync(Caller, loan.Id);
        if (renewed.Refusal is { MayOverride: true } refusal)
        {
            await _reason!.OpenAsync(ReasonQuestion.Override($"Renew “{loan.BookName}” all the same?", "Renew it", refusal.Sentences),
                async reason => await SayAsync(await Renew.RunAsync(Caller, loan.Id, reason), answer => answer.Message));
            return;
        }

        await SayAsync(renewed, answer => answer.Message);
    }

    async Task RenewAllAsync()
    {
        var answers = await RenewAll.RunAsync(Caller, PatronId);
        _last = (string.Join(' ', answers.Select(answer => answer.Message)), answers.Any(answer => answer.Refusal is not null));
        await LoadAsync();
    }

    Task AskToCancelAsync(PatronRequest request) => _reason!.OpenAsync(
        new ReasonQuestion($"Cancel {request.DisplayNumber}, “{request.BookName}”?", "Cancel the request", "Why?", "The reader is told these words.") { IsDangerous = true },
        async why => await SayAsync(await Cancel.RunAsync(Caller, request.Id, why), answer => answer.Message));

    async Task<Refusal?> SayAsync<T>(Outcome<T> outcome, Func<T, string> words)
    {
        if (outcome.Refusal is { Kind: RefusalKind.Invalid } wrong)
            return wrong;
        _last = (outcome.IsAllowed ? words(outcome.Value) : outcome.Refusal.Message, !outcome.IsAllowed);
        await RefreshAsync();
        return null;
    }

    protected override async Task LoadAsync()
    {
        var read = await Read.RunAsync(Caller, PatronId);
        (_patron, _notFound) = (read.Value, read.Refusal?.Message);
    }
}
