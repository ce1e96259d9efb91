using System.Globalization;
using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Steps for the jobs that are picked by hand, and where jobs ended without success for all that match, counted first.</summary>
public sealed partial class JobSelection
{
    static readonly (string Value, string Words)[] Rates =
        [("1000", "1,000 a second"), ("100", "100 a second"), ("10", "10 a second"), ("1", "1 a second"), ("0.1", "1 every ten seconds")];

    ConfirmDialog? _dialog;
    Question _question = new("", "", "", static _ => Task.FromResult<Outcome<string>>(""));
    string _rate = "";

    [Inject]
    SteerDeadJobs Dead { get; set; } = default!;

    [Inject]
    SteerSelectedJobs Picked { get; set; } = default!;

    [Inject]
    IToasts Toasts { get; set; } = default!;

    [Parameter, EditorRequired]
    public JobState State { get; set; }

    [Parameter, EditorRequired]
    public DeadSearch Search { get; set; } = default!;

    /// <summary>How many jobs match; null where there are more than were looked at.</summary>
    [Parameter, EditorRequired]
    public int? Matching { get; set; }

    /// <summary>The rows on this page.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ConsoleJob> Shown { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlySet<JobId> Selected { get; set; } = default!;

    /// <summary>Every row of this page is to be picked, or none.</summary>
    [Parameter]
    public EventCallback<bool> OnSelectAll { get; set; }

    /// <summary>Something was tried: it is time to look again.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    [CascadingParameter]
    Task<AuthenticationState> Authentication { get; set; } = default!;

    bool IsAll => Shown.Count > 0 && Shown.All(item => Selected.Contains(item.Job.Id));

    string What => Selected.Count > 0 ? "selected" : Matching is { } count ? string.Create(CultureInfo.InvariantCulture, $"all {count:N0}") : "all that match";

    double? Rate => double.TryParse(_rate, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) ? rate : null;

    Task RetryAsync()
    {
        if (Selected.Count == 0)
            return AskForAllAsync((jobs, state, search, asOf) => new Question($"Run {jobs} again?", $"Run {jobs} again", $"Queued with a fresh count of attempts: {Filtered(state, search)}.", caller => Dead.RetryAsync(caller, state, search, asOf, Rate)) { HasRate = true });
        var ids = Selected.ToArray();
        return DoAsync(caller => Picked.RetryAsync(caller, ids));
    }

    Task AskToDiscardAsync()
    {
        const string Kept = "What is discarded cannot be run again from here. Its place in the history stays.";
        if (Selected.Count == 0)
            return AskForAllAsync((jobs, state, search, asOf) => new Question($"Discard {jobs}?", $"Discard {jobs}", $"Forgotten: {Filtered(state, search)}. {Kept}", caller => Dead.DiscardAsync(caller, state, search, asOf)) { IsDangerous = true });
        var (ids, words) = (Selected.ToArray(), ManyJobsSentence.Jobs(Selected.Count));
        return AskAsync(new Question($"Discard {words}?", $"Discard {words}", Kept, caller => Picked.DiscardAsync(caller, ids)) { IsDangerous = true });
    }

    Task AskToCancelAsync()
    {
        var (ids, words) = (Selected.ToArray(), ManyJobsSentence.Jobs(Selected.Count));
        return AskAsync(new Question(
            $"Cancel {words}?", $"Cancel {words}", "What has not started never will; workers are told to stop what runs.", caller => Picked.CancelAsync(caller, ids)) { IsDangerous = true });
    }

    static string Filtered(JobState state, DeadSearch search) => $"every job in the list “{JobLooks.Of(state).Text}”{(search.IsEmpty ? "" : " that the filter names")}";

    // The page may show another list by the time of the answer: what was counted is what is done.
    async Task AskForAllAsync(Func<string, JobState, DeadSearch, DateTimeOffset, Question> ask)
    {
        var (state, search) = (State, Search);
        Outcome<DeadCount> count;
        try
        {
            count = await Dead.CountAsync(await CallerAsync(), state, search);
        }
        catch (JobStoreUnavailableException error)
        {
            Toasts.Show(new Toast(ToastTone.Error, error.Message));
            return;
        }

        if (!count.IsAllowed)
            Toasts.Show(new Toast(ToastTone.Error, count.Refusal.Message));
        else if (count.Value.Jobs == 0)
            Toasts.Show(new Toast(ToastTone.Info, "No job matches any more."));
        else
            await AskAsync(ask(ManyJobsSentence.Jobs(count.Value.Jobs), state, search, count.Value.AsOf));
    }

    async Task AskAsync(Question question)
    {
        (_question, _rate) = (question, "");
        StateHasChanged();
        await _dialog!.OpenAsync();
    }

    Task DoAsync() => DoAsync(_question.Act);

    async Task DoAsync(Func<Caller, Task<Outcome<string>>> act)
    {
        var caller = await CallerAsync();
        Toasts.Show(await Steering.ToastOfManyAsync(() => act(caller)));
        await OnDone.InvokeAsync();
    }

    async Task<Caller> CallerAsync() => Caller.From((await Authentication).User);

    sealed record Question(string Title, string Confirm, string Text, Func<Caller, Task<Outcome<string>>> Act)
    {
        public bool IsDangerous { get; init; }
        public bool HasRate { get; init; }
    }
}
