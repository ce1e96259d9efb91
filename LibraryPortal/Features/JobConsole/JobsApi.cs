using LibraryPortal.Api;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.JobConsole;

/// <summary>How an API client follows a job.</summary>
internal static class JobsApi
{
    public static void MapJobsApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapApiGroup("Jobs");
        api.MapGet("/jobs/{id}", FindAsync)
            .WithSummary("State, progress, times and result of one job")
            .WithDescription("For the job's owner and admins; librarians see the jobs that make somebody's report. `status` uses Celery's words, `state` the portal's own.")
            .Produces<JobStatus>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> FindAsync(string id, HttpContext http, FindJob find, IEnumerable<IJobResultLink> links, CancellationToken cancellationToken)
    {
        var caller = Caller.From(http.User);
        var found = JobId.TryParse(id, null, out var jobId)
            ? await find.RunAsync(caller, jobId, cancellationToken)
            : new Refusal(RefusalKind.NotFound, "There is no such job. A job's id has 32 hexadecimal digits.", "job-unknown");
        return found.ToHttp(job => TypedResults.Ok(JobStatus.From(job.Job, caller, links.FirstOrDefault(link => link.JobName == job.Job.Envelope.Name))));
    }
}
