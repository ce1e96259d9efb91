using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary>Takes a step for one job after the other.</summary>
internal static class JobReplies
{
    /// <summary>Says of each job what became of it as soon as it is known: should the store go away, what was done before is on the screen.</summary>
    /// <returns>The exit code: done only if each was.</returns>
    public static async Task<int> WriteAsync(IReadOnlyList<JobId> ids, bool asJson, Func<JobId, Task<JobReply>> act)
    {
        List<(JobId Id, JobReply Reply)> replies = [];
        try
        {
            foreach (var id in ids)
            {
                var reply = await act(id);
                replies.Add((id, reply));
                if (!asJson)
                    await (reply.IsDone ? Console.Out : Console.Error).WriteLineAsync($"Job {id} {reply.Words}");
            }
        }
        finally
        {
            // What is refused as a whole writes no document.
            if (asJson && replies.Count > 0)
                CommandOutput.WriteJson(replies.Select(static one => new { id = one.Id, reply = one.Reply.Name }));
        }

        return replies.TrueForAll(static one => one.Reply.IsDone) ? JobCommandHost.Done : JobCommandHost.Refused;
    }
}
