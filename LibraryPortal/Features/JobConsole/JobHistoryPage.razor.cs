using System.Globalization;
using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.JobConsole;

/// <summary>The search of jobs that ended. All that is asked for stands in the address.</summary>
public sealed partial class JobHistoryPage
{
    static readonly JobState[] Final = [JobState.Succeeded, JobState.Failed, JobState.Cancelled, JobState.Expired, JobState.Quarantined];

    Caller? _caller;
    Paged<ConsoleJob>? _page;
    string? _trouble;

    [Inject]
    SearchHistory Search { get; set; } = default!;

    [Inject]
    SteerJob Steer { get; set; } = default!;

    [Inject]
    IToasts Toasts { get; set; } = default!;

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

    protected override async Task OnParametersSetAsync()
    {
        _caller ??= Caller.From((await Authentication).User);
        await ReadAsync();
    }

    async Task ReadAsync()
    {
        var outcome = await Search.RunAsync(_caller!, Filter, PageNumber ?? 1);
        (_page, _trouble) = (outcome.Value, outcome.Refusal?.Message);
    }

    async Task RetryAsync(JobId id)
    {
        Toasts.Show(await Steering.ToastAsync(() => Steer.RetryAsync(_caller!, id)));
        await ReadAsync();
    }
}
