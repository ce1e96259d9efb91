using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Components.Shared;
using LibraryPortal.Domain;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;

namespace LibraryPortal.Features.Worklist;

public sealed partial class WorkRequestsPage
{
    readonly HeldList<Guid, WorkRow> _rows = new(row => row.Id);
    readonly HashSet<Guid> _selected = [];
    DeclineDialog? _decline;
    LinkDialog? _link;
    PickCopyDialog? _pick;
    ReasonDialog? _reason;
    WorkList? _list;
    IReadOnlyList<BulkAnswer> _answers = [];
    (WorkTab, int)? _shown;

    [Inject]
    ListWork Work { get; set; } = default!;

    [Inject]
    ApproveRequest Approve { get; set; } = default!;

    [Inject]
    ApproveRequests ApproveAll { get; set; } = default!;

    [Inject]
    DeclineRequests DeclineAll { get; set; } = default!;

    [Inject]
    CancelRequest Cancel { get; set; } = default!;

    [Inject]
    LendRequest Lend { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "tab")]
    string? TabSlug { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    int? PageNumber { get; set; }

    WorkTab Tab => WorkWords.FromSlug(TabSlug);

    bool AllSelected => _rows.Shown.Count > 0 && _rows.Shown.All(row => _selected.Contains(row.Id));

    protected override bool ShowsEverybody => true;

    protected override TimeSpan Interval => TimeSpan.FromMilliseconds(250);

    protected override bool Concerns(LiveChange change) => change is RequestsChanged or CatalogChanged;

    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        // Another list is another matter: what was said and chosen belonged to the one before.
        if (_shown != (Tab, PageNumber ?? 1))
        {
            _shown = (Tab, PageNumber ?? 1);
            _answers = [];
            _selected.Clear();
            _rows.Show();
        }
    }

    void Select(Guid id, bool isSelected)
    {
        if (isSelected)
            _selected.Add(id);
        else
            _selected.Remove(id);
        if (_selected.Count > 0)
            _rows.Hold();
    }

    void SelectAll(bool isSelected)
    {
        _selected.Clear();
        foreach (var row in _rows.Shown.Where(_ => isSelected))
            Select(row.Id, true);
    }

    // A choice of rows is work, too, wherever the pointer is.
    void LetGo()
    {
        if (_selected.Count == 0)
            _rows.LetGo();
    }

    async Task ApproveAsync(WorkRow row) => await DoneAsync(WorkAnswers.Of(row.Id, await Approve.RunAsync(Caller, row.Id)));

    async Task LendAsync(WorkRow row)
    {
        var lent = await Lend.RunAsync(Caller, row.Id);
        if (lent.Refusal is { MayOverride: true } refusal)
        {
            await _reason!.OpenAsync(ReasonQuestion.Override($"Lend “{row.BookName}” to {row.PatronName} all the same?", "Lend it", refusal.Sentences), async why =>
            {
                var again = await Lend.RunAsync(Caller, row.Id, null, why);
                if (again.Refusal is { Kind: RefusalKind.Invalid } wrong)
                    return wrong;
                await DoneAsync(new BulkAnswer(row.Id, again.Value?.Message ?? again.Refusal!.Message, again.Refusal));
                return null;
            });
            return;
        }

        await DoneAsync(new BulkAnswer(row.Id, lent.Value?.Message ?? lent.Refusal!.Message, lent.Refusal));
    }

    async Task ApproveSelectedAsync() => await DoneAsync(await ApproveAll.RunAsync(Caller, Chosen()));

    Task AskToDeclineSelectedAsync() => _reason!.OpenAsync(
        new ReasonQuestion(_selected.Count == 1 ? "Decline the request?" : $"Decline {_selected.Count} requests?", "Decline", "Reason", "Each reader reads these words.") { IsDangerous = true },
        async why =>
        {
            var answers = await DeclineAll.RunAsync(Caller, Chosen(), why);
            if (answers is [{ Refusal: { Kind: RefusalKind.Invalid } wrong }, ..])
                return wrong;
            await DoneAsync(answers);
            return null;
        });

    Task AskToCancelAsync(WorkRow row) => _reason!.OpenAsync(
        new ReasonQuestion($"Cancel {row.DisplayNumber}, “{row.BookName}”?", "Cancel the request", "Why?", $"{row.PatronName} is told these words.") { IsDangerous = true },
        async why =>
        {
            var cancelled = await Cancel.RunAsync(Caller, row.Id, why);
            if (cancelled.Refusal is { Kind: RefusalKind.Invalid } wrong)
                return wrong;
            await DoneAsync(WorkAnswers.Of(row.Id, cancelled));
            return null;
        });

    // In the order of the list: the first who asked is the first who gets a copy.
    IReadOnlyList<Guid> Chosen() => [.. _rows.Shown.Select(row => row.Id).Where(_selected.Contains)];

    Task DoneAsync(BulkAnswer answer) => DoneAsync([answer]);

    async Task DoneAsync(IReadOnlyList<BulkAnswer> answers)
    {
        _answers = answers;
        _selected.Clear();
        await LoadAsync();
        // What one did oneself is shown at once.
        _rows.Show();
        StateHasChanged();
    }

    protected override async Task LoadAsync()
    {
        _list = (await Work.RunAsync(Caller, Tab, PageNumber ?? 1)).Value;
        _rows.Update(_list?.Page.Items ?? []);
    }
}
