using LibraryPortal.Circulation.Loans;
using LibraryPortal.Components.Shared;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace LibraryPortal.Features.Desk;

/// <summary>The desk: its state is whose turn it is and what was done. Each scan and each button is one step; steps wait for one another.</summary>
public sealed partial class DeskPage
{
    const int MostEntries = 60;

    readonly List<DeskEntry> _entries = [];
    readonly SemaphoreSlim _turn = new(1, 1);
    ElementReference _root;
    IJSObjectReference? _script;
    IJSObjectReference? _box;
    DotNetObjectReference<DeskPage>? _self;
    ReasonDialog? _override;
    LiveView? _view;
    Caller? _caller;
    DeskPatron? _patron;
    int _lastScan;
    string _lastSound = "";

    [Inject]
    HandleScan Scans { get; set; } = default!;

    [Inject]
    DeskScans Scanner { get; set; } = default!;

    [Inject]
    TakeDeskStep Steps { get; set; } = default!;

    [Inject]
    ReadDeskPatron Patrons { get; set; } = default!;

    [Inject]
    RenewLoan Renew { get; set; } = default!;

    [Inject]
    RenewAllLoans RenewAll { get; set; } = default!;

    [Inject]
    ILiveBoard Board { get; set; } = default!;

    [Inject]
    TimeProvider Time { get; set; } = default!;

    [Inject]
    IJSRuntime Js { get; set; } = default!;

    [CascadingParameter]
    Task<AuthenticationState> Authentication { get; set; } = default!;

    DeskEntry? Undoable => _entries.Find(entry => entry.Answer.Undo is not null && !entry.IsSettled);

    /// <summary>One scan, from the queue in the browser.</summary>
    /// <param name="number">Grows by one; a number seen before was sent again after a cut connection and is not done twice.</param>
    /// <returns>The sound to play.</returns>
    [JSInvokable]
    public async Task<string> ScanAsync(int number, string text)
    {
        await InTurnAsync(async () =>
        {
            if (number <= _lastScan)
                return;
            _lastScan = number;
            var answer = await Scanner.RunAsync(_caller!, _patron?.UserId, text);
            // Known before the reader is read again: should that fail, the scan was done all the same.
            _lastSound = DeskLooks.Sound(answer.Tone);
            await TakeAsync(answer);
        });
        StateHasChanged();
        return _lastSound;
    }

    public async ValueTask DisposeAsync()
    {
        _view?.Dispose();
        try
        {
            if (_box is not null)
                await _box.InvokeVoidAsync("stop");
            if (_script is not null)
                await _script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has left, and its script with it.
        }

        _self?.Dispose();
        _turn.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _caller = Caller.From((await Authentication).User);
        if (RendererInfo.IsInteractive)
        {
            _view = LiveView.ForStaff(
                Board, change => change is RequestsChanged { User: var user } && (user is null || user == _patron?.UserId), () => InvokeAsync(RefreshAsync),
                DispatchExceptionAsync, TimeSpan.FromMilliseconds(500));
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            _self = DotNetObjectReference.Create(this);
            _script = await Js.InvokeAsync<IJSObjectReference>("import", "/Features/Desk/DeskPage.razor.js");
            _box = await _script.InvokeAsync<IJSObjectReference>("start", _root, _self);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; so is the need.
        }
    }

    Task StepAsync((DeskEntry Entry, DeskStep Step) chosen) => chosen.Step.Kind == DeskStepKind.LendAllTheSame
        ? _override!.OpenAsync(ReasonQuestion.Override("Lend it all the same?", "Lend it", chosen.Entry.Answer.Rules), reason => SettleAsync(chosen.Entry, chosen.Step, reason))
        : SettleAsync(chosen.Entry, chosen.Step, null);

    Task UndoLastAsync() => Undoable is { } entry ? SettleAsync(entry, entry.Answer.Undo!, null) : Task.CompletedTask;

    async Task<Refusal?> SettleAsync(DeskEntry entry, DeskStep step, string? reason)
    {
        Refusal? wrong = null;
        await InTurnAsync(async () =>
        {
            if (entry.IsSettled)
                return;
            Scanner.Forget();
            var answer = await Steps.RunAsync(_caller!, step, reason);
            wrong = answer.Refusal is { Kind: RefusalKind.Invalid } refusal ? refusal : null;
            if (wrong is not null)
                return;
            entry.IsSettled = answer.Tone != DeskTone.Refused;
            await TakeAsync(answer);
        });
        return wrong;
    }

    Task ChooseAsync(string patronId) => InTurnAsync(async () =>
    {
        await TurnToAsync(patronId);
        Say(new DeskAnswer(DeskTone.Told, $"{_patron?.Standing.Name}'s turn."));
    });

    void EndTurn() => _patron = null;

    Task EndTurnAsync() => InTurnAsync(() =>
    {
        EndTurn();
        return Task.CompletedTask;
    });

    Task RenewAsync(LoanView loan) => InTurnAsync(async () => await RenewAsync(loan, null));

    async Task<Refusal?> RenewAsync(LoanView loan, string? reason)
    {
        var renewed = await Renew.RunAsync(_caller!, loan.Id, reason);
        if (renewed.Refusal is { MayOverride: true } refusal && reason is null)
        {
            await _override!.OpenAsync(ReasonQuestion.Override($"Renew “{loan.BookName}” all the same?", "Renew it", refusal.Sentences), async why =>
            {
                Refusal? wrong = null;
                await InTurnAsync(async () => wrong = await RenewAsync(loan, why));
                return wrong;
            });
            return null;
        }

        if (renewed.Refusal is { Kind: RefusalKind.Invalid } wrong)
            return wrong;
        await TakeAsync(renewed.IsAllowed ? new DeskAnswer(DeskTone.Done, renewed.Value.Message) : DeskAnswer.Refused(renewed.Refusal));
        return null;
    }

    Task RenewAllAsync() => InTurnAsync(async () =>
    {
        if (_patron is not { } patron)
            return;
        foreach (var answer in await RenewAll.RunAsync(_caller!, patron.UserId))
            Say(answer.Refusal is null ? new DeskAnswer(DeskTone.Done, answer.Message) : DeskAnswer.Refused(answer.Refusal));
        await TurnToAsync(patron.UserId);
    });

    Task TakeBackAsync(string barcode) => InTurnAsync(async () =>
    {
        Scanner.Forget();
        await TakeAsync(await Scans.TakeBackAsync(_caller!, barcode));
    });

    Task LendAsync(string barcode) => InTurnAsync(async () =>
    {
        if (_patron is { } patron)
            await TakeAsync(await Scans.LendAsync(_caller!, patron.UserId, barcode, null));
    });

    async Task TakeAsync(DeskAnswer answer)
    {
        Say(answer);
        if ((answer.Patron ?? _patron?.UserId) is { } patronId)
            await TurnToAsync(patronId);
    }

    void Say(DeskAnswer answer)
    {
        _entries.Insert(0, new DeskEntry(_entries.Count == 0 ? 1 : _entries[0].Number + 1, answer, Time.GetUtcNow()));
        if (_entries.Count > MostEntries)
            _entries.RemoveAt(MostEntries);
    }

    async Task TurnToAsync(string patronId) => _patron = (await Patrons.RunAsync(_caller!, patronId)).Value;

    Task RefreshAsync() => InTurnAsync(async () =>
    {
        if (_patron is { } patron)
            await TurnToAsync(patron.UserId);
        StateHasChanged();
    });

    // A button pressed while a scan is under way must not overtake it.
    async Task InTurnAsync(Func<Task> step)
    {
        await _turn.WaitAsync();
        try
        {
            await step();
        }
        finally
        {
            _turn.Release();
        }
    }
}
