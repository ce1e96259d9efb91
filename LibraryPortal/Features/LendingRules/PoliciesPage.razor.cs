using System.Globalization;
using LibraryPortal.Components.Shared;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.LendingRules;

public sealed partial class PoliciesPage
{
    const string New = "*";

    Caller? _caller;
    IReadOnlyList<PolicyRow>? _rows;
    ConfirmDialog? _confirm;
    LendingPolicy? _before;
    LendingPolicy? _draft;
    string? _reason;
    string? _error;
    string? _shown;
    (string Text, bool Refused)? _last;

    [CascadingParameter]
    Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>The category to edit; * for a new one.</summary>
    [SupplyParameterFromQuery(Name = "edit")]
    string? Edit { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _caller ??= Caller.From((await Authentication).User);
        _rows = (await List.RunAsync(_caller)).Value;
        // Only another address begins anew.
        if (_draft is null || _shown != Edit)
            Begin();
    }

    static string Href(string category) => $"/admin/policies?edit={Uri.EscapeDataString(category)}";

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    void Begin()
    {
        _before = Edit is null or New ? null : _rows?.FirstOrDefault(row => row.Policy.Category == Edit)?.Policy;
        _draft = Edit == New ? PolicyDefaults.Adult with { Category = "" } : _before;
        (_reason, _error, _shown) = (null, null, Edit);
    }

    // What was typed stays, what nobody touched is as it is stored now.
    /// <returns>What somebody else stored while something else was typed.</returns>
    List<string> Follow()
    {
        List<string> contests = [];
        if (_before is null || _draft is null)
            return contests;
        if (_rows?.FirstOrDefault(row => row.Policy.Category == _before.Category)?.Policy is not { } stored)
        {
            Begin();
            return contests;
        }

        foreach (var field in PolicyField.All.Where(field => field.Read(stored) != field.Read(_before)))
        {
            if (field.Read(_draft) == field.Read(_before))
                _draft = field.With(_draft, field.Read(stored));
            else if (field.Read(_draft) != field.Read(stored))
                contests.Add($"{field.Name} {Number(field.Read(stored))}");
        }

        if (stored.AutoApproves != _before.AutoApproves)
            _draft = _draft with { AutoApproves = stored.AutoApproves };
        _before = stored;
        return contests;
    }

    // An empty field is out of every range, so that saving says which one.
    void Change(PolicyField field, string? typed) =>
        _draft = field.With(_draft!, int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : -1);

    async Task SaveAsync()
    {
        var saved = await Save.RunAsync(_caller!, _before, _draft!, _reason);
        if (saved.Refusal is { Kind: RefusalKind.Invalid } or { Rule: "category-exists" })
        {
            _error = saved.Refusal.Message;
            return;
        }

        await SayAsync(saved);
    }

    async Task RemoveAsync() => await SayAsync(await Save.RemoveAsync(_caller!, _before!.Category));

    async Task SayAsync(Outcome<string> outcome)
    {
        _last = (outcome.Value ?? outcome.Refusal!.Message, !outcome.IsAllowed);
        _rows = (await List.RunAsync(_caller!)).Value;
        if (outcome.IsAllowed)
        {
            Navigation.NavigateTo("/admin/policies");
            return;
        }

        var contests = Follow();
        if (_draft is not null && outcome.Refusal.Rule == PolicyRefusals.ChangedMeanwhile.Rule)
            _last = (DraftWords.Say(contests), true);
    }
}
