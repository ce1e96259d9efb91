using LibraryPortal.Data.JobHistory;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Chaos;

/// <summary>The portal's database that the processes of one scenario carry their outcomes into. A store has one place for what became of a job, so only here a second outcome shows.</summary>
internal sealed class ChaosHistory : IAsyncDisposable
{
    readonly TestDatabase _database;

    ChaosHistory(TestDatabase database)
    {
        _database = database;
        Jobs = new SqliteJobHistory(database.Contexts);
    }

    /// <summary>For clients: with it their jobs are to go into the history.</summary>
    public IJobHistory Jobs { get; }

    /// <summary>What tells a worker's process where it is.</summary>
    public string Option => $"history={Path.Combine(_database.Directory, "library.db")}";

    public static async Task<ChaosHistory> OpenAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>How many outcomes there are of each job.</summary>
    public async Task<IReadOnlyDictionary<JobId, int>> CountAsync()
    {
        await using var database = _database.Open();
        var jobs = await database.Set<JobHistoryEntry>().GroupBy(entry => entry.JobId).Select(job => new { Id = job.Key, Count = job.Count() }).ToListAsync();
        return jobs.ToDictionary(job => new JobId(job.Id), job => job.Count);
    }

    /// <summary>Carries what the last process had not carried yet when it left.</summary>
    public async Task CarryAsync(IHistoryFeed feed)
    {
        while (await feed.ReadEndedAsync("test", 256, CancellationToken.None) is { Receipts.Count: > 0 } batch)
        {
            await Jobs.AddAsync(batch.Jobs, CancellationToken.None);
            await feed.AcknowledgeEndedAsync(batch.Receipts, TimeSpan.FromMinutes(10), CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
