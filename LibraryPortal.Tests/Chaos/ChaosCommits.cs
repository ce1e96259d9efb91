using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Chaos;

/// <summary>The caller inside a process that enqueues with its own transactions: notes each job once that is committed, which is what a caller may rely on.</summary>
internal sealed class ChaosCommits(IDbContextFactory<PortalDbContext> databases, OutboxSignal signal, IJobClient client, ChaosLedger ledger)
{
    public async Task RunAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await using var database = await databases.CreateDbContextAsync();
            var id = database.EnqueueOnSave(client.Prepare(new ChaosWork(number, 0)));
            await database.SaveChangesAsync();
            signal.Notify();
            ledger.Write("accepted", id);
        }

        ledger.Write(ChaosAcceptance.Done, count);
    }
}
