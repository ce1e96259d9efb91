using System.Text.Json;
using LibraryPortal.Circulation.Opening;
using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Settings;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.LendingRules;

/// <summary>An admin changes when the library is open. Dates already promised that fall on a closed day move to the next open one, and their readers are told; none ever becomes earlier.</summary>
internal sealed class ChangeCalendar(IDbContextFactory<PortalDbContext> databases, MovePromisedDates move, TimeProvider clock)
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
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await MoveAsync(caller, $"The library is closed {Days(closure.Value)}.", cancellationToken);
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
        return await MoveAsync(caller, $"{closure.Name} is out of the calendar. Dates that had moved stay as promised.", cancellationToken);
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
        var old = Words(settings);
        if (settings.Change(name, timeZone, opening, historyDays).Refusal is { } wrong)
            return wrong;
        if (old == Words(settings))
            return "Nothing changed.";
        database.Record(await database.ActorAsync(caller.UserId, cancellationToken), "settings.changed", AuditSubject.Settings, "1", settings.Name, clock.GetUtcNow(), null, old, Words(settings));
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await MoveAsync(caller, "Saved.", cancellationToken);
    }

    async Task<Outcome<string>> MoveAsync(Caller caller, string done, CancellationToken cancellationToken)
    {
        var moved = await move.RunAsync(caller, cancellationToken);
        return moved.IsAllowed ? $"{done} {moved.Value}" : moved.Refusal;
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
