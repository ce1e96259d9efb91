using LibraryPortal.Jobs;

namespace LibraryPortal.Api;

/// <summary>Says where clients of the API get what a job made. A slice registers one for its job.</summary>
public interface IJobResultLink
{
    /// <summary>The job it speaks for.</summary>
    string JobName { get; }

    /// <summary>A path below <c>/api</c>.</summary>
    /// <param name="job">A job that has succeeded.</param>
    string LinkTo(JobRecord job);
}
