using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;

namespace LibraryPortal.Features.Import;

public sealed partial class ImportPage
{
    ConfirmDialog? _undo;
    IDisposable? _progressSubscription;
    ImportView? _import;
    Paged<Finding>? _findings;
    JobProgress? _progress;
    string? _refusal;

    [Parameter]
    public int Id { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    string? KindName { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    int? PageNumber { get; set; }

    [Inject]
    ViewImport View { get; set; } = default!;

    [Inject]
    ChangeColumns Columns { get; set; } = default!;

    [Inject]
    StartImport Start { get; set; } = default!;

    [Inject]
    StopImport Stop { get; set; } = default!;

    [Inject]
    DiscardImport Discard { get; set; } = default!;

    [Inject]
    IToasts Toasts { get; set; } = default!;

    [Inject]
    NavigationManager Navigation { get; set; } = default!;

    FindingKind? Kind => Enum.TryParse<FindingKind>(KindName, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    JobProgress? Progress => _progress ?? _import?.Progress;

    protected override bool ShowsEverybody => true;

    protected override TimeSpan Interval => TimeSpan.Zero;

    protected override bool Concerns(LiveChange change) => change is ImportChanged changed && changed.ImportId == Id;

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (RendererInfo.IsInteractive)
            _progressSubscription = Board.SubscribeToAll(OnProgress);
    }

    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        if (_import is null)
            Navigation.NotFound();
    }

    public override void Dispose()
    {
        base.Dispose();
        _progressSubscription?.Dispose();
    }

    void OnProgress(LiveChange change)
    {
        if (change is not JobChanged { Progress: { } progress } job || _import?.Batch is not { IsActive: true, JobId: { } mine } || job.Id.Value != mine)
            return;
        _progress = progress;
        _ = InvokeAsync(StateHasChanged);
    }

    Task ChangeAsync(ColumnChoice choice) => DoAsync(Columns.RunAsync(Caller, Id, choice));

    async Task CheckAsync(ColumnChoice choice)
    {
        var changed = await Columns.RunAsync(Caller, Id, choice);
        if (changed.Refusal is { } refusal)
            _refusal = refusal.Message;
        else
            await DoAsync(Start.RunAsync(Caller, Id, ImportStep.Check));
    }

    Task ReopenAsync()
    {
        var batch = _import!.Batch;
        return ChangeAsync(new ColumnChoice(batch.Encoding, batch.Delimiter, batch.Mapping, batch.CopiesPerTitle, batch.Shelf, batch.Invites));
    }

    async Task DiscardAsync()
    {
        var discarded = await Discard.RunAsync(Caller, Id);
        if (discarded.Refusal is { } refusal)
        {
            _refusal = refusal.Message;
            return;
        }

        Toasts.Show(new Toast(ToastTone.Success, "The file is discarded. Nothing was changed."));
        Navigation.NavigateTo("/staff/import");
    }

    async Task DoAsync<T>(Task<Outcome<T>> step)
    {
        _refusal = (await step).Refusal?.Message;
        _progress = null;
        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _import = (await View.RunAsync(Caller, Id)).Value;
        if (_import is null)
            return;
        if (!_import.Batch.IsActive)
            _progress = null;
        _findings = _import.Batch.IsActive ? null : await View.PageAsync(_import.Batch, Kind, PageNumber ?? 1);
    }

    protected override async Task RefreshAsync()
    {
        // Thrown away by somebody else meanwhile.
        var last = _import;
        await LoadAsync();
        _import ??= last;
        StateHasChanged();
    }
}
