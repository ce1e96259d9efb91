using System.Globalization;
using LibraryPortal.Domain;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole;

/// <summary>What became of many jobs, in a sentence.</summary>
internal static class ManyJobsSentence
{
    /// <param name="done">To follow "12 jobs are".</param>
    /// <returns>A refusal where none of them was changed.</returns>
    public static Outcome<string> Of(DeadReply reply, string done) => reply switch
    {
        { Matched: 0 } => new Refusal(RefusalKind.Conflict, "There is no such job any more.", "jobs-gone"),
        { Changed: 0 } => new Refusal(RefusalKind.Conflict, $"None of the {Jobs(reply.Matched)} could be: the same work is queued already, their flow is still kept, or they have moved on.", "jobs-refused"),
        { Refused: > 0 } => $"{Are(reply.Changed)} {done}. {Jobs(reply.Refused)} could not be.",
        _ => $"{Are(reply.Changed)} {done}.",
    };

    /// <summary>"1 job", "1,200 jobs".</summary>
    public static string Jobs(int count) => count == 1 ? "1 job" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} jobs");

    static string Are(int count) => $"{Jobs(count)} {(count == 1 ? "is" : "are")}";
}
