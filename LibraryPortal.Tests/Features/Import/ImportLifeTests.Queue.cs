using System.Text.Json;
using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Import;
using LibraryPortal.Features.Import.Running;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Import;

/// <summary>Imported copies go to those who wait for them, however the import ended.</summary>
public sealed partial class ImportLifeTests
{
    [Fact]
    public async Task CopiesThatAreImported_GoToWhoWaitsForThemAtOnce()
    {
        await using var library = await TestLibrary.CreateAsync();
        var (waits, _) = await WaitAsync(library);
        using var job = new InlineJob();
        var id = await StoreAsync(library, job, ImportKind.Copies, "barcode,title\nNEW-1,Emma\n");

        await library.Get<RunStep>().RunAsync(id, ImportStep.Import, job);

        Assert.Equal(RequestState.Ready, await library.StateAsync(waits));
        await using var database = library.Open();
        Assert.Equal(ImportState.Done, (await database.Imports.SingleAsync()).State);
    }

    [Fact]
    public async Task CopiesOfACommand_GoToWhoWaitsForThemByAJob_WrittenWithTheEnd()
    {
        await using var library = await TestLibrary.CreateAsync();
        var (waits, reader) = await WaitAsync(library);
        var path = await _bench.WriteAsync("barcode,title\nNEW-1,Emma\n");

        for (var i = 0; i < 2; i++)
            TestLibrary.Allowed(await library.Get<ImportFile>().RunAsync(path, ImportKind.Copies, null, isRehearsal: false)).Dispose();

        // The second time nothing came, so there is nobody to serve.
        Assert.Equal(1, await WaitingJobsAsync(library));
        var match = new MatchCopiesJob(library.Get<MatchCopies>());
        using var job = new InlineJob();
        Assert.Equal((1, 0), (await match.RunAsync(new MatchWaiting(), job), await match.RunAsync(new MatchWaiting(), job)));
        Assert.Equal(RequestState.Ready, await library.StateAsync(waits));
        Assert.Single(await library.NoticesAsync(reader), notice => notice.Contains("ready to collect", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CopiesOfAnImportThatIsStopped_AreServedToo(bool byAPerson)
    {
        await using var library = await TestLibrary.CreateAsync();
        using var job = new InlineJob();
        var id = await StoreAsync(library, job, ImportKind.Titles, "title\n" + string.Concat(Enumerable.Range(1, 600).Select(i => $"Book {i}\n")));
        await using (var database = library.Open())
        {
            var batch = await database.Imports.AsNoTracking().SingleAsync();
            await Assert.ThrowsAsync<InvalidOperationException>(() => library.Get<RunRows>().ImportAsync(
                batch, new ImportSource(batch, library.Get<ImportFiles>().PathOf("stored.csv")), _bench.Files.Findings(id), _ => throw new InvalidOperationException("killed"), default));
        }

        if (byAPerson)
            TestLibrary.Allowed(await library.Get<StopImport>().RunAsync(library.Librarian, id));
        else
            Assert.Equal(1, (await Reconciler(library).RunOnceAsync(default)).Stopped);

        Assert.Equal(1, await WaitingJobsAsync(library));
    }

    // Ada has the only copy of Emma; Ben waits.
    static async Task<(Guid Request, Caller Reader)> WaitAsync(TestLibrary library)
    {
        var title = await library.AddTitleAsync("Emma");
        await library.ApproveAsync(await library.RequestAsync(await library.AddReaderAsync("ada"), title));
        var ben = await library.AddReaderAsync("ben");
        var waits = await library.RequestAsync(ben, title);
        await library.ApproveAsync(waits);
        return (waits, ben);
    }

    static async Task<int> WaitingJobsAsync(TestLibrary library)
    {
        await using var database = library.Open();
        return (await database.Outbox.AsNoTracking().Where(message => message.Kind == OutboxKind.Enqueue).Select(message => message.Envelope!).ToListAsync())
            .Select(envelope => JsonSerializer.Deserialize<JobEnvelope>(envelope, JobJson.Options)!).Count(job => job.SerialKey == MatchCopiesJob.JobName);
    }
}
