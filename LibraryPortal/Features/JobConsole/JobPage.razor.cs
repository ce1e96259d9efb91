using System.Text.Json;
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
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    LiveView? _view;
    Caller? _caller;
    ConsoleJob? _item;
    string? _trouble;

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

    public void Dispose() => _view?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        _caller ??= Caller.From((await Authentication).User);
        if (RendererInfo.IsInteractive)
        {
            _view ??= LiveView.ForStaff(
                Board, change => change is JobChanged job && job.Id == Job?.Id, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync, BetweenReads, Time);
        }

        await ReadAsync();
    }

    static string Pretty(JsonElement json) => JsonSerializer.Serialize(json, Indented);

    async Task ReadAsync()
    {
        try
        {
            var found = JobId.TryParse(Id, null, out var id)
                ? await Jobs.FindAsync(_caller!, id)
                : new Refusal(RefusalKind.NotFound, "There is no such job. A job's id has 32 hexadecimal digits.");
            _trouble = found.Refusal?.Message;
            _item = found.Value ?? _item;
        }
        catch (JobStoreUnavailableException error)
        {
            _trouble = error.Message;
        }
    }

    async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    Task CancelAsync() => SteerAsync(() => Steer.CancelAsync(_caller!, Job!.Id));

    Task RetryAsync() => SteerAsync(() => Steer.RetryAsync(_caller!, Job!.Id));

    async Task SteerAsync(Func<Task<Outcome<string>>> act)
    {
        Toasts.Show(await Steering.ToastAsync(act));
        await ReadAsync();
    }
}
