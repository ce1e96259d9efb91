using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.JobConsole;

/// <summary>One job in full, live.</summary>
public sealed partial class JobPage : IDisposable
{
    static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(250);

    // Of a long flow not every job is on the page, but all of them are in its progress.
    static readonly TimeSpan BetweenLooksAtFlow = TimeSpan.FromSeconds(3);

    LiveView? _view;
    ITimer? _flowLooks;
    int _flowJobs = InspectFlows.Part;
    Caller? _caller;
    ConsoleJob? _item;
    string? _trouble;
    EditArgumentsDialog? _editor;
    ConfirmDialog? _discard;

    /// <summary>32 hexadecimal digits.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    InspectJobs Jobs { get; set; } = default!;

    [Inject]
    SteerJob Steer { get; set; } = default!;

    [Inject]
    ILiveBoard Board { get; set; } = default!;

    [Inject]
    IToasts Toasts { get; set; } = default!;

    [Inject]
    TimeProvider Time { get; set; } = default!;

    [CascadingParameter]
    Task<AuthenticationState> Authentication { get; set; } = default!;

    JobRecord? Job => _item?.Job;

    public void Dispose()
    {
        _flowLooks?.Dispose();
        _view?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _caller ??= Caller.From((await Authentication).User);
        if (RendererInfo.IsInteractive && _view is null)
        {
            _view = LiveView.ForStaff(Board, change => change is JobChanged job && Shows(job.Id), () => InvokeAsync(RefreshAsync), DispatchExceptionAsync, BetweenReads, Time);
            _flowLooks = Time.CreateTimer(_ => LookAtFlow(), null, BetweenLooksAtFlow, BetweenLooksAtFlow);
        }

        await ReadAsync();
    }

    bool Shows(JobId id) => _item is { } item && (id == item.Job.Id || (item.Flow?.Jobs.Any(job => job.Id == id) ?? false));

    void LookAtFlow()
    {
        if (_item?.Flow is { Tree.Flow.IsFinal: false })
            _view?.Stale();
    }

    Task ShowMoreOfFlowAsync()
    {
        _flowJobs += InspectFlows.Part;
        return ReadAsync();
    }

    async Task ReadAsync()
    {
        var asked = Id;
        try
        {
            var found = JobId.TryParse(Id, null, out var id)
                ? await Jobs.FindAsync(_caller!, id, _flowJobs)
                : new Refusal(RefusalKind.NotFound, "There is no such job. A job's id has 32 hexadecimal digits.");
            // The address has changed meanwhile: another read is for the job that stands there now.
            if (asked != Id)
                return;
            _trouble = found.Refusal?.Message;
            _item = found.Value ?? Shown(id);
        }
        catch (JobStoreUnavailableException error)
        {
            _trouble = error.Message;
            _item = JobId.TryParse(Id, null, out var id) ? Shown(id) : null;
        }
    }

    // What is known of this very job; one seen before under another address is not it.
    ConsoleJob? Shown(JobId id) => _item?.Job.Id == id ? _item : null;

    async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    Task CancelAsync() => SteerAsync(() => Steer.CancelAsync(_caller!, Job!.Id));

    Task RetryAsync() => SteerAsync(() => Steer.RetryAsync(_caller!, Job!.Id));

    Task DiscardAsync() => SteerAsync(() => Steer.DiscardAsync(_caller!, Job!.Id));

    async Task<Refusal?> RetryWithAsync(string arguments)
    {
        try
        {
            var outcome = await Steer.RetryWithAsync(_caller!, Job!.Id, arguments);
            // What was typed is refused where it stands.
            if (outcome.Refusal is { Kind: RefusalKind.Invalid } wrong)
                return wrong;
            Toasts.Show(outcome.IsAllowed ? new Toast(ToastTone.Success, outcome.Value) : new Toast(ToastTone.Error, outcome.Refusal.Message));
        }
        catch (JobStoreUnavailableException error)
        {
            return new Refusal(RefusalKind.Invalid, Steering.Unsure(error));
        }

        await ReadAsync();
        return null;
    }

    async Task SteerAsync(Func<Task<Outcome<string>>> act)
    {
        Toasts.Show(await Steering.ToastAsync(act));
        await ReadAsync();
    }
}
