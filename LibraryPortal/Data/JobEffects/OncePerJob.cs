using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.JobEffects;

/// <summary>Lets a handler write to the database once, however often its job runs: a worker may die after the commit and before its word, and a frozen one may come to
/// its commit when another has done the work. Replayed with other arguments, a job writes again, once for each.</summary>
public static class OncePerJob
{
    /// <summary>How much longer than the history keeps the job its mark is kept. A job that rests longer between its write and its end may write again.</summary>
    public static readonly TimeSpan KeptBeyondHistory = TimeSpan.FromDays(400);

    /// <summary>Opens a transaction, lets the handler write, saves the context and commits, with <see cref="JobContext.WorkId"/> in the same transaction. If a run of this
    /// job with these arguments has written before, nothing is called. What is thrown takes everything back, the mark too, so the next run does it.</summary>
    /// <param name="now">What the mark is kept under until it is old enough to be forgotten.</param>
    /// <param name="write">Changes the context's entities, or rows at once (<c>ExecuteUpdateAsync</c>). False: there is nothing to write after all, and nothing is.</param>
    /// <returns>Whether this run wrote.</returns>
    /// <exception cref="InvalidOperationException">The context is in a transaction already.</exception>
    /// <exception cref="DbUpdateException">A rival wrote meanwhile, on a database that lets two transactions read side by side; tried again, the job finds the mark.</exception>
    public static async Task<bool> OncePerJobAsync(this PortalDbContext database, JobContext job, DateTimeOffset now, Func<Task<bool>> write)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(job.CancellationToken);
        if (await database.JobEffects.AnyAsync(effect => effect.JobId == job.WorkId, job.CancellationToken) || !await write())
            return false;
        database.JobEffects.Add(new JobEffect { JobId = job.WorkId, At = now });
        await database.SaveChangesAsync(job.CancellationToken);
        await transaction.CommitAsync(job.CancellationToken);
        return true;
    }
}
