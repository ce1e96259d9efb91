using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.JobConsole;

/// <summary>The flows that go on, or those that have ended. Read again at most once a second while jobs change.</summary>
public sealed partial class FlowsPage : IDisposable
{
    static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(1);

    LiveView? _view;
    Caller? _caller;
    Paged<ConsoleFlow>? _page;
    bool _ended;
    string? _trouble;

    [Inject]
    InspectFlows Flows { get; set; } = default!;

    [Inject]
    ILiveBoard Board { get; set; } = default!;

    [Inject]
    TimeProvider Time { get; set; } = default!;

    [CascadingParameter]
    Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>"ended", or those that go on.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    int? PageNumber { get; set; }

    public void Dispose() => _view?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        _caller ??= Caller.From((await Authentication).User);
        _ended = string.Equals(Show, "ended", StringComparison.OrdinalIgnoreCase);
        if (RendererInfo.IsInteractive)
            _view ??= LiveView.ForStaff(Board, static change => change is JobChanged, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync, BetweenReads, Time);
        await ReadAsync();
    }

    string Address(int page) => $"/admin/flows?show={(_ended ? "ended" : "running")}{(page > 1 ? $"&page={page}" : "")}";

    async Task ReadAsync()
    {
        try
        {
            var outcome = await Flows.ListAsync(_caller!, _ended, PageNumber ?? 1);
            (_page, _trouble) = (outcome.Value ?? _page, outcome.Refusal?.Message);
        }
        catch (JobStoreUnavailableException error)
        {
            _trouble = $"{error.Message} What is shown below may be old.";
        }
    }

    async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }
}
