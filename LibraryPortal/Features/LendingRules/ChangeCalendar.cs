using System.Text.Json;
using LibraryPortal.Circulation.Opening;
using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Settings;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.LendingRules;

/// <summary>An admin changes when the library is open. Dates already promised that fall on a closed day move to the next open one, by a job written in the same
/// transaction, and their readers are told; none ever becomes earlier.</summary>
internal sealed class ChangeCalendar(
    IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar, IJobClient jobs, OutboxSignal outbox, ILiveBoard board, TimeProvider clock)
{
    /// <returns>What to say.</returns>
    public async Task<Outcome<string>> AddClosureAsync(Caller caller, DateOnly first, DateOnly last, string? name, CancellationToken cancellationToken = default)
    {
        if (PolicyRefusals.UnlessAdmin(caller) is { } refusal)
            return refusal;
        var closure = Closure.Of(first, last, name);
        if (!closure.IsAllowed)
            return closure.Refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Closures.AnyAsync(other => other.First == first && other.Last == last && other.Name == closure.Value.Name, cancellationToken))
            return new Refusal(RefusalKind.Conflict, $"{closure.Value.Name} is in the calendar already.", "closure-exists");
        database.Closures.Add(closure.Value);
        await RecordAsync(database, caller, "calendar.closure-added", closure.Value, isNew: true, cancellationToken);
        MoveDates(database, await database.Settings.SingleAsync(cancellationToken), caller);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await TellAsync(cancellationToken);
        return $"The library is closed {Days(closure.Value)}. Promised dates on these days move now; the readers are told.";
    }

    /// <summary>Takes a closure away. Dates that moved because of it stay: readers count on them.</summary>
    /// <returns>What to say.</returns>
    public async Task<Outcome<string>> RemoveClosureAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (PolicyRefusals.UnlessAdmin(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var closure = await database.Closures.FindAsync([id], cancellationToken);
        if (closure is null)
            return new Refusal(RefusalKind.NotFound, "This closure is gone already.", "unknown-closure");
        database.Closures.Remove(closure);
        await RecordAsync(database, caller, "calendar.closure-removed", closure, isNew: false, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await TellAsync(cancellationToken);
        return $"{closure.Name} is out of the calendar. Dates that had moved stay as promised.";
    }

    /// <param name="before">The version that was shown.</param>
    /// <returns>What to say.</returns>
    public async Task<Outcome<string>> ChangeSettingsAsync(
        Caller caller, int before, string? name, string? timeZone, IReadOnlyCollection<DayOfWeek> opening, int historyDays, CancellationToken cancellationToken = default)
    {
        if (PolicyRefusals.UnlessAdmin(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var settings = await database.Settings.SingleAsync(cancellationToken);
        if (settings.Version != before)
            return PolicyRefusals.ChangedMeanwhile;
        var (old, open) = (Words(settings), (settings.TimeZone, settings.Opening));
        if (settings.Change(name, timeZone, opening, historyDays).Refusal is { } wrong)
            return wrong;
        if (old == Words(settings))
            return "Nothing changed.";
        database.Record(await database.ActorAsync(caller.UserId, cancellationToken), "settings.changed", AuditSubject.Settings, "1", settings.Name, clock.GetUtcNow(), null, old, Words(settings));
        var moves = open != (settings.TimeZone, settings.Opening);
        if (moves)
            MoveDates(database, settings, caller);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await TellAsync(cancellationToken);
        return moves ? "Saved. Promised dates on closed days move now; the readers are told." : "Saved.";
    }

    // One after the other: the later one sees what the earlier one did.
    void MoveDates(PortalDbContext database, LibrarySettings settings, Caller caller)
    {
        var id = JobId.New(clock);
        settings.MoveDates(id.Value);
        database.EnqueueOnSave(jobs.Prepare(new MoveDates(), job => job.Id(id).Owner(caller.UserId).Serial(MoveDatesJob.JobName)));
    }

    async Task TellAsync(CancellationToken cancellationToken)
    {
        outbox.Notify();
        await calendar.RefreshAsync(cancellationToken);
        board.Publish(new CalendarChanged());
    }

    async Task RecordAsync(PortalDbContext database, Caller caller, string action, Closure closure, bool isNew, CancellationToken cancellationToken)
    {
        var values = JsonSerializer.Serialize(new { closure.First, closure.Last, closure.Name });
        database.Record(await database.ActorAsync(caller.UserId, cancellationToken), action, AuditSubject.Calendar, closure.Id.ToString(), closure.Name, clock.GetUtcNow(), null,
            isNew ? null : values, isNew ? values : null);
    }

    static string Words(LibrarySettings settings) => JsonSerializer.Serialize(new
    {
        settings.Name,
        settings.TimeZone,
        Opening = string.Join(", ", settings.Opening.Days),
        settings.HistoryDays,
    });

    static string Days(Closure closure) => closure.First == closure.Last
        ? $"on {LibraryZone.Say(closure.First)}"
        : $"from {LibraryZone.Say(closure.First)} to {LibraryZone.Say(closure.Last)}";
}
