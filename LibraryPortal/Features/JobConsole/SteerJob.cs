using System.Text.Json;
using LibraryPortal.Domain;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Cancels a job, runs it again or discards it, for an admin. The answer is the sentence the page shows.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class SteerJob(AuditedJobs jobs)
{
    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may steer jobs.", "admins-only");
    static readonly Refusal Unknown = new(RefusalKind.NotFound, "There is no such job any more.", "job-unknown");

    static readonly Refusal NotRetryable = new(
        RefusalKind.Conflict, "It cannot run again: it has not ended, it succeeded, the same work is queued already, or the step of its flow before it did not succeed or is no longer kept.", "job-not-retryable");

    public async Task<Outcome<string>> CancelAsync(Caller caller, JobId id, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await jobs.CancelAsync(caller, id, cancellationToken) switch
        {
            CancelReply.Cancelled => "Cancelled: it had not started and never will.",
            CancelReply.Requested => "Its worker has been told to stop it.",
            CancelReply.AlreadyFinal => new Refusal(RefusalKind.Conflict, "It had already ended.", "job-ended"),
            CancelReply.Unknown => Unknown,
        };
    }

    public async Task<Outcome<string>> RetryAsync(Caller caller, JobId id, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return Say(await jobs.RetryAsync(caller, id, cancellationToken), "Queued again, with a fresh count of attempts.");
    }

    /// <param name="arguments">The whole arguments as a JSON object. What is wrong with them, and where, is the refusal; nothing is changed then.</param>
    public async Task<Outcome<string>> RetryWithAsync(Caller caller, JobId id, string arguments, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        try
        {
            return Say(await jobs.RetryAsync(caller, id, JsonElement.Parse(arguments), cancellationToken), "Queued again with your arguments.");
        }
        catch (JsonException error)
        {
            return new Refusal(RefusalKind.Invalid, $"This is not JSON. {Where(error)}", "arguments-no-json");
        }
        catch (ArgumentException error)
        {
            return new Refusal(RefusalKind.Invalid, ArgumentSentence.Of(error), "arguments-unfit");
        }
    }

    public async Task<Outcome<string>> DiscardAsync(Caller caller, JobId id, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await jobs.DiscardAsync(caller, id, cancellationToken) switch
        {
            DiscardReply.Discarded => "Discarded. Its place in the history stays.",
            DiscardReply.NotDead => new Refusal(RefusalKind.Conflict, "It cannot be discarded: it has not ended, or it succeeded.", "job-not-dead"),
            DiscardReply.PartOfFlow => new Refusal(RefusalKind.Conflict, "It is part of a flow that is still kept; it goes with the flow.", "job-in-flow"),
            DiscardReply.Unknown => Unknown,
        };
    }

    static Outcome<string> Say(RetryReply reply, string queued) => reply switch
    {
        RetryReply.Queued => queued,
        RetryReply.NotRetryable => NotRetryable,
        RetryReply.Unknown => Unknown,
    };

    // People count from one; what the reader says of the place is replaced by words.
    static string Where(JsonException error)
    {
        var reason = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is > 0 and var end ? error.Message[..end] : error.Message;
        return error is { LineNumber: { } line, BytePositionInLine: { } at } ? $"Line {line + 1}, character {at + 1}: {reason}" : reason;
    }
}
