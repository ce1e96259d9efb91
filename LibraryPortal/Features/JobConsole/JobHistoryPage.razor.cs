using System.Globalization;
using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.JobConsole;

/// <summary>The search of jobs that ended. All that is asked for stands in the address. What ends meanwhile is announced, and the list stays as it is until it is asked for.</summary>
public sealed partial class JobHistoryPage : IDisposable
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    // A job comes into the history a moment after its end, so what was heard is looked for again.
    static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);

    static readonly JobState[] Final = [JobState.Succeeded, JobState.Failed, JobState.Cancelled, JobState.Expired, JobState.Quarantined];

    LiveView? _view;
    ITimer? _looks;
    DateTimeOffset _newest;
    int _newer;
    Caller? _caller;
    Paged<ConsoleJob>? _page;
    string? _trouble;

    [Inject]
    SearchHistory Search { get; set; } = default!;

    [Inject]
    SteerJob Steer { get; set; } = default!;

    [Inject]
    IToasts Toasts { get; set; } = default!;

    [Inject]
    ILiveBoard Board { get; set; } = default!;

    [Inject]
    TimeProvider Time { get; set; } = default!;

    [Inject]
    NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    Task<AuthenticationState> Authentication { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "q")]
    string? Words { get; set; }

    [SupplyParameterFromQuery(Name = "name")]
    string? Name { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    string? State { get; set; }

    [SupplyParameterFromQuery(Name = "owner")]
    string? Owner { get; set; }

    [SupplyParameterFromQuery(Name = "tag")]
    string? Tag { get; set; }

    [SupplyParameterFromQuery(Name = "worker")]
    string? Worker { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    string? To { get; set; }

    [SupplyParameterFromQuery(Name = "longer")]
    string? Longer { get; set; }

    [SupplyParameterFromQuery(Name = "shorter")]
    string? Shorter { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    int? PageNumber { get; set; }

    HistoryFilter Filter => new()
    {
        Words = Words, Name = Name, State = State, Owner = Owner, Tag = Tag, Worker = Worker, From = From, To = To, Longer = Longer, Shorter = Shorter,
    };

    string Found => _page!.Total switch
    {
        1 => "1 entry",
        HistoryPage.MostCounted => $"{HistoryPage.MostCounted.ToString("N0", CultureInfo.InvariantCulture)} entries or more: narrow the search to see the older ones",
        var total => $"{total.ToString("N0", CultureInfo.InvariantCulture)} entries",
    };

    string Newer => _newer >= HistoryPage.MostCounted ? $"{HistoryPage.MostCounted.ToString("N0", CultureInfo.InvariantCulture)} or more new" : $"{_newer.ToString("N0", CultureInfo.InvariantCulture)} new";

    public void Dispose()
    {
        _looks?.Dispose();
        _view?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _caller ??= Caller.From((await Authentication).User);
        await ReadAsync();
        if (RendererInfo.IsInteractive && _view is null)
        {
            _view = LiveView.ForStaff(Board, static change => change is JobChanged { State: not (JobState.Waiting or JobState.Scheduled or JobState.Queued or JobState.Running) },
                () => InvokeAsync(LookAsync), DispatchExceptionAsync, BetweenLooks, Time);
            _looks = Time.CreateTimer(_ => _view.Stale(), null, LookInterval, LookInterval);
        }
    }

    async Task ReadAsync()
    {
        var outcome = await Search.RunAsync(_caller!, Filter, PageNumber ?? 1);
        (_page, _trouble) = (outcome.Value, outcome.Refusal?.Message);
        _newer = 0;
        // On a later page the newest entry is not there to be seen.
        var first = _page is { Page: > 1 } ? (await Search.RunAsync(_caller!, Filter, 1)).Value : _page;
        _newest = first?.Items.Max(static item => item.Job.FinishedAt) ?? DateTimeOffset.MinValue;
    }

    async Task LookAsync()
    {
        var shown = _page;
        if (shown is null || await Search.CountSinceAsync(_caller!, Filter, _newest) is not { IsAllowed: true } counted)
            return;
        // Another search was asked for meanwhile.
        if (shown != _page || counted.Value == _newer)
            return;
        _newer = counted.Value;
        StateHasChanged();
    }

    Task ShowNewAsync()
    {
        if (_page is not { Page: > 1 })
            return ReadAsync();
        Navigation.NavigateTo(Filter.Href(1));
        return Task.CompletedTask;
    }

    async Task RetryAsync(JobId id)
    {
        Toasts.Show(await Steering.ToastAsync(() => Steer.RetryAsync(_caller!, id)));
        await ReadAsync();
    }
}
