using LibraryPortal.Components.Shared;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.LendingRules;

public sealed partial class CalendarPage
{
    static readonly DayOfWeek[] Week = [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7))];

    readonly HashSet<DayOfWeek> _open = [];
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
    string? _libraryName;
    string? _zone;
    int _history;
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
        if (_view is null)
            return;
        (_libraryName, _zone, _history) = (_view.Settings.Name, _view.Settings.TimeZone, _view.Settings.HistoryDays);
        _open.Clear();
        _open.UnionWith(_view.Settings.Opening.Days);
    }

    void Open(DayOfWeek day, bool isOpen)
    {
        if (isOpen)
            _open.Add(day);
        else
            _open.Remove(day);
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
        var preview = await Preview.RunAsync(_caller!, _zone, _open);
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
        var saved = await Change.ChangeSettingsAsync(_caller!, _view!.Settings.Version, _libraryName, _zone, _open, _history);
        _settingsError = saved.Refusal is { Kind: RefusalKind.Invalid } wrong ? wrong.Message : null;
        if (_settingsError is null)
            await SayAsync(saved);
    }

    async Task SayAsync(Outcome<string> outcome)
    {
        _last = (outcome.Value ?? outcome.Refusal!.Message, !outcome.IsAllowed);
        await LoadAsync();
    }
}
