using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.JobConsole;

/// <summary>The list of jobs. Read again at most once a second while jobs change, and every 3 s for the workers' beats; with a filter, which reads
/// many whole records, only every 3 s.</summary>
public sealed partial class JobsPage : IDisposable
{
    static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(700);
    static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(3);

    readonly HeldList<JobId, ConsoleJob> _jobs = new(item => item.Job.Id);
    readonly HashSet<JobId> _selected = [];
    LiveView? _view;
    ITimer? _beats;
    Caller? _caller;
    JobBoard? _board;
    JobState _state;
    int? _shownPage;
    DeadSearch? _shownSearch;
    string? _outage;
    string? _refusal;

    [Inject]
    InspectJobs Jobs { get; set; } = default!;

    [Inject]
    SteerJob Steer { get; set; } = default!;

    [Inject]
    SteerQueue Queues { get; set; } = default!;

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

    [SupplyParameterFromQuery(Name = "name")]
    string? Name { get; set; }

    [SupplyParameterFromQuery(Name = "queue")]
    string? Queue { get; set; }

    [SupplyParameterFromQuery(Name = "error")]
    string? Error { get; set; }

    [SupplyParameterFromQuery(Name = "owner")]
    string? Owner { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    string? To { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    int? PageNumber { get; set; }

    DeadSearch Search => DeadSearch.Fits(_state) ? new() { Name = Name, Queue = Queue, Error = Error, Owner = Owner, From = From, To = To } : new();

    bool IsSearched => !Search.IsEmpty;

    public void Dispose()
    {
        _beats?.Dispose();
        _view?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _caller ??= Caller.From((await Authentication).User);
        var state = Enum.TryParse<JobState>(State, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : JobState.Running;
        var moved = (state, PageNumber, Search) != (_state, _shownPage, _shownSearch);
        _state = state;
        (_shownPage, _shownSearch) = (PageNumber, Search);
        if (RendererInfo.IsInteractive && _view is null)
        {
            _view = LiveView.ForStaff(Board, change => Follows(change, _shownSearch), () => InvokeAsync(RefreshAsync), DispatchExceptionAsync, BetweenReads, Time);
            _beats = Time.CreateTimer(_ => _view.Stale(), null, BeatInterval, BeatInterval);
        }

        await ReadAsync();
        // Another tab or page is asked for: nothing of the old one is being read.
        if (moved)
        {
            _selected.Clear();
            _jobs.LetGo();
        }
    }

    /// <summary>True for what is read again for at once.</summary>
    internal static bool Follows(LiveChange change, DeadSearch? search) => change is JobChanged && (search is null || search.IsEmpty);

    async Task ReadAsync()
    {
        try
        {
            var board = await Jobs.ReadAsync(_caller!, _state, PageNumber ?? 1, Search);
            (_outage, _refusal) = (null, board.Refusal?.Message);
            if (board.Value is not { } read)
                return;
            _board = read;
            _jobs.Update(read.Jobs.Items);
            // What is not on screen is not picked.
            _selected.IntersectWith(_jobs.Shown.Select(static item => item.Job.Id));
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

    void Select((JobId Id, bool IsSelected) change)
    {
        if (change.IsSelected)
            _selected.Add(change.Id);
        else
            _selected.Remove(change.Id);
    }

    void SelectAll(bool isSelected)
    {
        _selected.Clear();
        if (isSelected)
            _selected.UnionWith(_jobs.Shown.Select(static item => item.Job.Id));
    }

    // The rows that were meant are gone or have moved on: the list shows what is there now.
    async Task DoneAsync()
    {
        _selected.Clear();
        await ReadAsync();
        _jobs.Show();
    }

    Task CancelAsync(JobId id) => SteerAsync(() => Steer.CancelAsync(_caller!, id));

    Task RetryAsync(JobId id) => SteerAsync(() => Steer.RetryAsync(_caller!, id));

    Task PauseAsync(string queue) => SteerAsync(() => Queues.PauseAsync(_caller!, queue));

    Task ResumeAsync(string queue) => SteerAsync(() => Queues.ResumeAsync(_caller!, queue));

    async Task SteerAsync(Func<Task<Outcome<string>>> act)
    {
        Toasts.Show(await Steering.ToastAsync(act));
        await ReadAsync();
    }
}
