using System.Diagnostics;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Tells metrics and traces of runs. Who listens to them may throw, against the rules: the run is none the worse for it.</summary>
internal sealed class RunWatch(Surprises surprises)
{
    const string Part = "slot";

    /// <returns>Null while nobody listens.</returns>
    public Activity? Begin(Run run)
    {
        try
        {
            return JobTracing.StartRun(run.Job);
        }
        catch (Exception error)
        {
            surprises.Report(Part, error);
            return null;
        }
    }

    /// <summary>Its handler is about to be called; of a job that is set aside instead nothing is told.</summary>
    public void Call(Run run)
    {
        try
        {
            JobMetrics.Began(run.Job, run.StartedAt);
        }
        catch (Exception error)
        {
            surprises.Report(Part, error);
        }
    }

    public void End(Run run, Activity? activity, JobOutcome? outcome, TimeSpan took)
    {
        try
        {
            activity.Conclude(outcome);
            activity?.Dispose();
            JobMetrics.Ran(run.Job, outcome?.Kind, took);
        }
        catch (Exception error)
        {
            surprises.Report(Part, error);
        }
    }
}
