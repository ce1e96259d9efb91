namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Keeps the progress of running jobs, fenced as an outcome is.</summary>
internal static class WriteProgress
{
    static readonly Sql FindEnvelope = new("SELECT envelope FROM job WHERE id = $1");

    public static int Run(WriteSession session, string worker, IReadOnlyList<ProgressReport> reports)
    {
        var written = 0;
        foreach (var (id, stamp, progress) in reports)
        {
            if (!FinishJobs.WriteProgress(session, worker, id, stamp, progress))
                continue;
            written++;
            session.Tell((byte[])session.Prepare(FindEnvelope).Value(JobRow.Key(id))!, JobState.Running, progress);
        }

        return written;
    }
}
