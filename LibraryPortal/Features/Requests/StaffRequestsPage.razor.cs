using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.Requests;

public sealed partial class StaffRequestsPage
{
    const int PageSize = 25;

    DeclineDialog? _decline;
    LinkDialog? _link;
    LiveView? _view;
    Caller? _caller;
    StaffRequestList? _list;
    Toast? _last;
    StaffTab? _lastTab;

    [CascadingParameter]
    Task<AuthenticationState> Authentication { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "tab")]
    string? TabSlug { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    int? PageNumber { get; set; }

    StaffTab Tab => StaffRequestTable.FromSlug(TabSlug);

    protected override async Task OnParametersSetAsync()
    {
        _caller ??= Caller.From((await Authentication).User);
        if (RendererInfo.IsInteractive)
        {
            _view ??= LiveView.ForStaff(
                Board, change => change is RequestsChanged or CatalogChanged, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync, TimeSpan.FromMilliseconds(250));
        }

        // What was said about the last step stays until one goes elsewhere.
        if (_lastTab is not null && _lastTab != Tab)
            _last = null;
        _lastTab = Tab;
        await LoadAsync();
    }

    public void Dispose() => _view?.Dispose();

    async Task DoAsync<T>(Task<Outcome<T>> step, Func<T, string> message) => await DoneAsync(RequestToasts.Of(await step, message));

    // Said in the page too: a toast is gone while a librarian still looks for the copy it named.
    async Task DoneAsync(Toast toast)
    {
        _last = toast;
        if (toast.Tone == ToastTone.Error)
            Toasts.Show(toast);
        await LoadAsync();
    }

    async Task LoadAsync() => _list = (await Requests.RunAsync(_caller!, Tab, PageNumber ?? 1, PageSize)).Value;

    async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }
}
