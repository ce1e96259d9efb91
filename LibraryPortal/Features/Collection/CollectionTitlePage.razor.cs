using LibraryPortal.Collection;
using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.Collection;

public sealed partial class CollectionTitlePage
{
    readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);
    ConfirmDialog? _delete;
    ConfirmDialog? _merge;
    Caller? _caller;
    CollectionTitle? _title;
    TitleForm? _form;
    IReadOnlyList<DuplicateTitle> _duplicates = [];
    string? _refusal;
    int _mergeId;
    bool _isWarned;
    bool _busy;

    [CascadingParameter]
    Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>Null: a new title.</summary>
    [Parameter]
    public int? Id { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _caller ??= Caller.From((await Authentication).User);
        if (_form is not null && _title?.Id == Id)
            return;
        (_isWarned, _duplicates, _refusal) = (false, [], null);
        _title = Id is { } id ? (await View.RunAsync(_caller, id)).Value : null;
        if (Id is not null && _title is null)
        {
            Navigation.NotFound();
            return;
        }

        _form = _title is null ? new TitleForm() : TitleForm.Of(_title.Details);
        if (_title is not null)
            _duplicates = await Duplicates.RunAsync(_title.Details, _title.Id);
    }

    async Task SaveAsync()
    {
        _refusal = null;
        if (_form!.Read(_title?.Details, _problems) is not { } details)
            return;
        _busy = true;
        try
        {
            _duplicates = await Duplicates.RunAsync(details, _title?.Id);
            // Said once: who saves again has seen it. A title that is there already is only corrected.
            if (_duplicates.Count > 0 && !_isWarned && _title is null)
            {
                _isWarned = true;
                return;
            }

            var saved = await Save.RunAsync(_caller!, _title?.Id, details, _title?.Details);
            if (saved.Refusal is { } refusal)
            {
                _refusal = refusal.Message;
                return;
            }

            Toasts.Show(new Toast(ToastTone.Success, _title is null ? "The title is in the catalogue." : "Saved."));
            if (_title is null)
                Navigation.NavigateTo($"/staff/catalog/{saved.Value}");
            else
                await ReloadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    async Task DeleteAsync()
    {
        var deleted = await Delete.RunAsync(_caller!, _title!.Id);
        if (deleted.Refusal is { } refusal)
        {
            _refusal = refusal.Message;
            return;
        }

        Toasts.Show(new Toast(ToastTone.Success, $"“{deleted.Value}” is deleted."));
        Navigation.NavigateTo("/staff/catalog");
    }

    async Task AskMergeAsync(int otherId)
    {
        _mergeId = otherId;
        await _merge!.OpenAsync();
    }

    async Task MergeAsync()
    {
        var merged = await Merge.RunAsync(_caller!, _title!.Id, _mergeId);
        if (merged.Refusal is { } refusal)
        {
            _refusal = refusal.Message;
            return;
        }

        Toasts.Show(new Toast(ToastTone.Success, "The titles are one now."));
        await ReloadAsync();
    }

    async Task ReloadAsync()
    {
        _title = (await View.RunAsync(_caller!, _title!.Id)).Value;
        _form = TitleForm.Of(_title!.Details);
        _duplicates = await Duplicates.RunAsync(_title.Details, _title.Id);
    }
}
