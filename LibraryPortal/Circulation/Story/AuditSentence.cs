using System.Globalization;
using System.Text.Json;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Calendar;

namespace LibraryPortal.Circulation.Story;

/// <summary>An audit entry as a sentence.</summary>
internal static class AuditSentence
{
    // Told by the entry of the loan or of the request that was written with them.
    static readonly HashSet<string> Echoes = ["request.returned", "request.on-loan-again", "request.given-up", "loan.lent"];

    /// <summary>True when another entry of the same change tells it in the story of a request.</summary>
    public static bool IsEcho(AuditEntry entry) => Echoes.Contains(entry.Action);

    /// <param name="reader">The account that reads it and is called "you"; what the staff note for one another is left out. Null: the staff reads it, everybody is
    /// called by name.</param>
    public static string Of(AuditEntry entry, LibraryZone zone, string? reader = null)
    {
        var who = entry.ActorId is not null && entry.ActorId == reader ? "You" : entry.ActorName;
        var what = entry.SubjectName;
        var number = what.Split(' ')[0];
        var isStaff = reader is null;
        var isPortal = entry.ActorId is null && entry.ActorName == AuditActor.Portal.Name;
        return entry.Action switch
        {
            "request.placed" when Text(entry, "placedById") is not null => $"{who} asked for {what} on {(isStaff ? "the reader's" : "your")} behalf{Override(entry, isStaff)}.",
            "request.placed" => $"{who} asked for {what}.",
            "request.approved" when Text(entry, "decidedById") is null => $"{number} was approved by the rules of the reader's category.",
            "request.approved" => $"{who} approved {number}.",
            "request.ready" => $"A copy was set aside for {number}, until {Date(entry, "collectBy", zone)}.",
            "request.declined" => $"{who} declined {number}: {Reason(entry)}",
            "request.paused" => $"{who} paused {number} until {Date(entry, "pausedUntil", zone)}.",
            "request.resumed" when isPortal => $"The pause of {number} ended.",
            "request.resumed" => $"{who} ended the pause of {number}.",
            "request.cancelled" when entry.Reason is not null => $"{who} cancelled {number}: {Reason(entry)}",
            "request.cancelled" => $"{who} cancelled {number}.",
            "request.reopened" => $"{who} took the cancellation of {number} back.",
            "request.needed-until" => $"{who} changed how long {number} is kept: until {Date(entry, "expiresAt", zone)}.",
            "request.linked" => $"{who} linked {number} to a title of the catalogue, {what[(number.Length + 1)..]}.",
            "request.expired" => $"{number} ended: it could not be filled in time.",
            "request.pickup-expired" => $"{number} ended: its copy was not collected in time.",
            "request.waits-again" => $"The copy set aside for {number} was needed elsewhere; it waits again, at its old place.",
            "request.collect-moved" => $"The date to collect {number} moved to {Date(entry, "collectBy", zone)}: {Reason(entry)}",
            "request.lent" => $"{who} lent {what}{Override(entry, isStaff)}.",
            "request.lending-undone" => $"{who} took the lending of {what} back.",
            "loan.lent" => $"{who} lent {what} until {Date(entry, "dueAt", zone)}{Override(entry, isStaff)}.",
            "loan.renewed" => $"{who} renewed {what} until {Date(entry, "dueAt", zone)}{Override(entry, isStaff)}.",
            "loan.due-moved" => $"The due date of {what} moved to {Date(entry, "dueAt", zone)}: {Reason(entry)}",
            "loan.returned" => $"{who} took {what} back.",
            "loan.reopened" => $"{who} took the return of {what} back.",
            "loan.undone" => $"{who} took the lending of {what} back.",
            "loan.lost" => $"{who} reported {what} lost{Note(entry, isStaff)}",
            "loan.found" => $"{who} reported {what} found{Note(entry, isStaff)}",
            "loan.given-up" => $"{who} gave {what} up{Note(entry, isStaff)}",
            "patron.blocked" => $"{who} blocked {what}: {Reason(entry)}",
            "patron.unblocked" => $"{who} lifted the block of {what}.",
            "patron.added" => $"{who} took {what} in as a reader.",
            "patron.changed" => $"{who} changed the profile of {what}.",
            "patron.ended" => $"{who} ended the membership of {what}.",
            "patron.renewed" => $"{who} made {what} a member again.",
            "policy.added" => $"{who} added the category {what}.",
            "policy.changed" => $"{who} changed the rules for {what}.",
            "policy.removed" => $"{who} removed the category {what}.",
            "calendar.closure-added" => $"{who} closed the library for {what}.",
            "calendar.closure-removed" => $"{who} took the closure {what} out of the calendar.",
            "settings.changed" => $"{who} changed the library's settings.",
            "account.role" => $"{who} gave {what} the role {Text(entry, "role")}.",
            "account.locked" => $"{who} locked {what} out.",
            "account.unlocked" => $"{who} let {what} sign in again.",
            "account.closed" => "An account was closed by its owner.",
            "title.added" => $"{who} added “{what}” to the catalogue.",
            "title.changed" => $"{who} corrected “{what}”.",
            "title.deleted" => $"{who} deleted “{what}” from the catalogue.",
            "title.merged" => $"{who} merged “{what}” {Reason(entry)}",
            "cover.changed" => $"{who} gave “{what}” a new cover.",
            "cover.removed" => $"{who} took the cover of “{what}” away.",
            "copy.added" => $"{who} added the copy {what}.",
            "copy.deleted" => $"{who} deleted the copy {what}.",
            "copy.merged" => $"The copy {what} went to another title.",
            "copy.moved" => $"{who} put {what} on {(Text(entry, "shelf") is { } shelf ? $"shelf {shelf}" : "no shelf")}.",
            "copy.set-aside" => $"{what} was set aside.",
            "copy.released" => $"{what} was free again.",
            "copy.lent" => $"{what} was lent.",
            "copy.returned" => $"{what} came back.",
            "copy.shelved" => $"{who} put {what} back on the shelf{Note(entry, isStaff)}",
            "copy.repair" => $"{who} gave {what} to repair{Note(entry, isStaff)}",
            "copy.lost" => $"{who} reported {what} lost{Note(entry, isStaff)}",
            "copy.withdrawn" => $"{who} withdrew {what}{Note(entry, isStaff)}",
            "request.merged" => $"{number} went to another title.",
            "import.started" => $"{who} began to import {what}.",
            "import.done" => $"{what} was imported: {Counts(entry)}.",
            "import.stopped" => $"The import of {what} was stopped: {Counts(entry)} so far.",
            "import.undo-stopped" => $"The undo of the import of {what} was stopped: {Counts(entry)} so far.",
            "import.undone" => $"The import of {what} was undone: {Counts(entry)}.",
            "job.enqueued" => $"{who} queued {Job(entry)}{((Text(entry, "forAnAccount") ?? Text(entry, "owner")) is null ? "" : " in the name of an account")}.",
            "job.cancelled" or "jobs.cancelled" => $"{who} cancelled {Job(entry)}.",
            "job.retried" or "jobs.retried" => $"{who} ran {Job(entry)} again{(Text(entry, "perSecond") is { } rate ? $", at most {rate} a second" : "")}.",
            "job.edited" => $"{who} ran {Job(entry)} again with other arguments.",
            "job.discarded" or "jobs.discarded" => $"{who} discarded {Job(entry)}.",
            "jobs.retried-in-part" => $"{who} set out to run jobs again; it was cut short {CutShort(entry, "changed")}.",
            "jobs.discarded-in-part" => $"{who} set out to discard jobs; it was cut short {CutShort(entry, "changed")}.",
            "queue.paused" => $"{who} paused the queue {what}.",
            "queue.resumed" => $"{who} resumed the queue {what}.",
            "flow.cancelled" => $"{who} cancelled the flow {what}.",
            "flow.retried" => $"{who} took the flow {what} up again.",
            "schedule.paused" => $"{who} paused the schedule {what}.",
            "schedule.resumed" => $"{who} resumed the schedule {what}.",
            "schedule.changed" => $"{who} changed when the schedule {what} is due: {Text(entry, "rule")}.",
            "schedule.reset" => $"{who} gave the schedule {what} back to the program's rule.",
            "schedule.run" => $"{who} ran the schedule {what} out of turn.",
            "schedule.backfilled" => $"{who} made up for {Text(entry, "due")} due times of the schedule {what}.",
            "schedule.backfilled-in-part" => $"{who} set out to make up for due times of the schedule {what}; it was cut short {CutShort(entry, "fired")}.",
            "limit.set" => $"{who} changed what the limit {what} allows: {Text(entry, "allows")}.",
            "limit.reset" => $"{who} gave the limit {what} back to what is declared: {Text(entry, "allows") ?? "nothing limits it now"}.",
            "patron.history" => $"{who} changed whether past loans are kept.",
            _ => $"{who}: {Words(entry.Action)} {what}{Note(entry, isStaff)}",
        };
    }

    static string Override(AuditEntry entry, bool isStaff) => entry.Reason is null || !isStaff ? "" : $", setting a rule aside: {entry.Reason.TrimEnd('.')}";

    // Written for colleagues.
    static string Note(AuditEntry entry, bool isStaff) => entry.Reason is null || !isStaff ? "." : $": {Reason(entry)}";

    static string Reason(AuditEntry entry)
    {
        var reason = entry.Reason ?? "no reason was given";
        return reason[^1] is '.' or '!' or '?' ? reason : reason + ".";
    }

    // "5 added, 2 copies": what is zero says nothing.
    static string Counts(AuditEntry entry)
    {
        using var after = JsonDocument.Parse(entry.After ?? "{}");
        var counts = after.RootElement.EnumerateObject().Where(count => count.Value.GetString() is not (null or "0")).Select(count => $"{count.Value} {count.Name}").ToList();
        return counts.Count == 0 ? "nothing" : string.Join(", ", counts);
    }

    // Many are counted, one has a name.
    static string Job(AuditEntry entry) => entry.Action.StartsWith("jobs.", StringComparison.Ordinal) ? entry.SubjectName : $"the job {entry.SubjectName}";

    // What an earlier version wrote has no number.
    static string CutShort(AuditEntry entry, string name) => Text(entry, name) is not { } text || !int.TryParse(text, CultureInfo.InvariantCulture, out var done)
        ? "before it was known how many"
        : string.Create(CultureInfo.InvariantCulture, $"after {done:N0} {(done == 1 ? "job" : "jobs")}, what was under way just then not counted");

    static string Words(string action) => action.Replace('.', ' ').Replace('-', ' ');

    static string? Text(AuditEntry entry, string name)
    {
        if (entry.After is null)
            return null;
        using var after = JsonDocument.Parse(entry.After);
        return after.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    static string Date(AuditEntry entry, string name, LibraryZone zone)
    {
        var text = Text(entry, name);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return LibraryZone.Say(day);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? zone.Say(moment) : "a date not kept";
    }
}
