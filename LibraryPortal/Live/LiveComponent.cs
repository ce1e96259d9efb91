using LibraryPortal.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Live;

/// <summary>A page for people who are signed in, or a part of one, that shows what may change meanwhile: it reads when its parameters are set, and again when
/// something that it shows has changed.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    LiveView? _view;

    /// <summary>Who looks at it. Known once the component is initialised, so in each <see cref="LoadAsync"/>.</summary>
    protected Caller Caller { get; private set; } = null!;

    /// <summary>Where changes come from.</summary>
    [Inject]
    protected ILiveBoard Board { get; set; } = default!;

    [CascadingParameter]
    Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>Whether changes of other people's things count too. Default: no.</summary>
    protected virtual bool ShowsEverybody => false;

    /// <summary>The shortest time from one read to the next. Default: half a second.</summary>
    protected virtual TimeSpan Interval => TimeSpan.FromMilliseconds(500);

    /// <inheritdoc />
    public virtual void Dispose()
    {
        _view?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether what is shown may differ after this change.</summary>
    protected abstract bool Concerns(LiveChange change);

    /// <summary>Reads what is shown.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Reads and shows it again.</summary>
    protected virtual async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Caller = Caller.From((await Authentication).User);
        if (RendererInfo.IsInteractive)
            _view = Watch();
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    LiveView Watch() => ShowsEverybody
        ? LiveView.ForStaff(Board, Concerns, Read, DispatchExceptionAsync, Interval)
        : LiveView.ForUser(Board, Caller.UserId, Concerns, Read, DispatchExceptionAsync, Interval);

    Task Read() => InvokeAsync(RefreshAsync);
}
