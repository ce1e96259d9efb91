using LibraryPortal.Components.Shared;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.LendingRules;

public sealed partial class CalendarPage
{
    readonly SettingsDraft _draft = new();
    Caller? _caller;
    CalendarView? _view;
    CalendarPreview? _preview;
    CalendarPreview? _moves;
    ConfirmDialog? _confirm;
    ConfirmDialog? _confirmMoves;
    Closure? _toRemove;
    DateOnly? _first;
    DateOnly? _until;
    string? _name;
    string? _error;
    string? _settingsError;
    (string Text, bool Refused)? _last;

    [CascadingParameter]
    Task<AuthenticationState> Authentication { get; set; } = default!;

    IReadOnlyList<Closure> Coming => [.. _view!.Closures.Where(closure => closure.Last >= Current.Zone.DateAt(Time.GetUtcNow()))];

    protected override async Task OnInitializedAsync()
    {
        _caller = Caller.From((await Authentication).User);
        await LoadAsync();
    }

    static string Days(Closure closure) =>
        closure.First == closure.Last ? LibraryZone.Say(closure.First) : $"{LibraryZone.Say(closure.First)} to {LibraryZone.Say(closure.Last)}";

    async Task LoadAsync()
    {
        _view = (await Read.RunAsync(_caller!)).Value;
        if (_view is not null)
            _draft.Follow(_view.Settings);
    }

    // While one still types, only what is complete is looked at.
    Task PreviewAsync()
    {
        _preview = null;
        return _first is not null && !string.IsNullOrWhiteSpace(_name) ? PreviewOrSayAsync() : Task.CompletedTask;
    }

    async Task PreviewOrSayAsync()
    {
        (_preview, _error) = (null, null);
        if (_first is not { } first)
        {
            _error = "Say from which day on the library is closed.";
            return;
        }

        var preview = await Preview.RunAsync(_caller!, first, _until ?? first, _name);
        (_preview, _error) = (preview.Value, preview.Refusal?.Message);
    }

    async Task AddAsync()
    {
        if (_first is not { } first)
            return;
        var added = await Change.AddClosureAsync(_caller!, first, _until ?? first, _name);
        if (added.Refusal is { } refusal)
        {
            _error = refusal.Message;
            return;
        }

        (_first, _until, _name, _error, _preview) = (null, null, null, null, null);
        await SayAsync(added);
    }

    async Task AskToRemoveAsync(Closure closure)
    {
        _toRemove = closure;
        await _confirm!.OpenAsync();
    }

    async Task RemoveAsync() => await SayAsync(await Change.RemoveClosureAsync(_caller!, _toRemove!.Id));

    // What moves dates and writes to readers is asked first.
    async Task SaveAsync()
    {
        var preview = await Preview.RunAsync(_caller!, _draft.Zone.Value, _draft.Open);
        if (preview.Value is { IsEmpty: false } moves)
        {
            _moves = moves;
            await _confirmMoves!.OpenAsync();
            return;
        }

        await SaveNowAsync();
    }

    async Task SaveNowAsync()
    {
        var saved = await Change.ChangeSettingsAsync(_caller!, _draft.Version, _draft.Name.Value, _draft.Zone.Value, _draft.Open, _draft.History.Value);
        _settingsError = saved.Refusal is { Kind: RefusalKind.Invalid } wrong ? wrong.Message : null;
        if (_settingsError is not null)
            return;
        await SayAsync(saved);
        if (saved.IsAllowed && _view is not null)
        {
            _draft.Begin(_view.Settings);
        }
        else if (saved.Refusal?.Rule == PolicyRefusals.ChangedMeanwhile.Rule)
        {
            _draft.Insist();
            _last = (DraftWords.Say(_draft.Contests), true);
        }
    }

    async Task SayAsync(Outcome<string> outcome)
    {
        _last = (outcome.Value ?? outcome.Refusal!.Message, !outcome.IsAllowed);
        await LoadAsync();
    }
}
