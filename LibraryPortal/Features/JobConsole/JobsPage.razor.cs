using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.JobConsole;

/// <summary>The list of jobs. Read again at most once a second while jobs change, and every 3 s for the workers' beats.</summary>
public sealed partial class JobsPage : IDisposable
{
    static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(700);
    static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(3);

    readonly HeldList<JobId, ConsoleJob> _jobs = new(item => item.Job.Id);
    LiveView? _view;
    ITimer? _beats;
    Caller? _caller;
    JobBoard? _board;
    JobState _state;
    string? _outage;

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

    [SupplyParameterFromQuery(Name = "state")]
    string? State { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    int? PageNumber { get; set; }

    public void Dispose()
    {
        _beats?.Dispose();
        _view?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _caller ??= Caller.From((await Authentication).User);
        var state = Enum.TryParse<JobState>(State, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : JobState.Running;
        var moved = state != _state;
        _state = state;
        if (RendererInfo.IsInteractive && _view is null)
        {
            _view = LiveView.ForStaff(Board, change => change is JobChanged, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync, BetweenReads, Time);
            _beats = Time.CreateTimer(_ => _view.Stale(), null, BeatInterval, BeatInterval);
        }

        await ReadAsync();
        // Another tab or page is asked for: nothing of the old one is being read.
        if (moved)
            _jobs.LetGo();
    }

    static string Address(JobState state, int page) => $"/admin/jobs?state={state}{(page > 1 ? $"&page={page}" : "")}";

    async Task ReadAsync()
    {
        try
        {
            var board = await Jobs.ReadAsync(_caller!, _state, PageNumber ?? 1);
            _outage = board.Refusal?.Message;
            if (board.Value is not { } read)
                return;
            _board = read;
            _jobs.Update(read.Jobs.Items);
        }
        catch (JobStoreUnavailableException error)
        {
            _outage = error.Message;
        }
    }

    async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    Task CancelAsync(JobId id) => SteerAsync(() => Steer.CancelAsync(_caller!, id));

    Task RetryAsync(JobId id) => SteerAsync(() => Steer.RetryAsync(_caller!, id));

    Task PauseAsync(string queue) => SteerAsync(() => Steer.PauseQueueAsync(_caller!, queue));

    Task ResumeAsync(string queue) => SteerAsync(() => Steer.ResumeQueueAsync(_caller!, queue));

    async Task SteerAsync(Func<Task<Outcome<string>>> act)
    {
        Toasts.Show(await Steering.ToastAsync(act));
        await ReadAsync();
    }
}
