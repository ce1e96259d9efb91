using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole;

/// <summary>The jobs of one state that a filter names, the latest first.</summary>
/// <param name="IsWhole">False where there are more than were looked at: only the latest <see cref="Searched"/> are.</param>
internal sealed record DeadList(IReadOnlyList<JobRecord> Jobs, bool IsWhole)
{
    /// <summary>Jobs that are looked at for one list.</summary>
    public const int Searched = 1_000;

    const int Part = 200;

    public static async Task<DeadList> ReadAsync(IJobInspector inspector, JobState state, DeadFilter filter, CancellationToken cancellationToken)
    {
        // A job that ends between two reads moves the others on: the last of one part comes again as the first of the next.
        HashSet<JobId> seen = [];
        List<JobRecord> found = [];
        for (var offset = 0; offset < Searched; offset += Part)
        {
            var page = await inspector.ListAsync(new JobQuery(state, offset, Part), cancellationToken);
            found.AddRange(page.Jobs.Where(job => seen.Add(job.Envelope.Id) && Fits(filter, job)));
            if (offset + page.Jobs.Count >= page.Total)
                return new DeadList(found, IsWhole: true);
        }

        return new DeadList(found, IsWhole: false);
    }

    // What the engine's own sweep asks of a job.
    static bool Fits(DeadFilter filter, JobRecord job) =>
        (filter.Name is null || filter.Name == job.Envelope.Name)
        && (filter.Queue is null || filter.Queue == job.Envelope.Queue)
        && (filter.Owner is null || filter.Owner == job.Envelope.Owner)
        && (filter.Error is null || job.Error?.Contains(filter.Error, StringComparison.OrdinalIgnoreCase) is true)
        && !(job.FinishedAt < filter.From) && !(job.FinishedAt >= filter.To);
}
