using LibraryPortal.Circulation.Story;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Import;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Features.Import.Running;
using LibraryPortal.Features.Import.Undo;
using LibraryPortal.Live;
using LibraryPortal.Tests.Domain.Catalog.Marc;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Tests.Features.Import;

/// <summary>What happens to an import besides running to its end at once: killed, stopped, undone; and the other kinds of files.</summary>
public sealed partial class ImportLifeTests : IAsyncLifetime
{
    ImportBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ImportBench.CreateAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task RunThatIsKilled_GoesOnWithTheFirstRowThatWasNotSaved()
    {
        var path = await _bench.WriteAsync("title,year\n" + string.Concat(Enumerable.Range(1, 1_300).Select(i => $"Book {i},{(i == 600 ? "never" : "1900")}\n")));
        var batch = await AddAsync(path);
        var findings = _bench.Files.Findings(batch.Id);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.Rows.ImportAsync(
            batch, new ImportSource(batch, path), findings, done => done == 1_000 ? throw new InvalidOperationException("killed") : Task.CompletedTask, default));
        // A killed run may have written findings of rows that were not saved.
        await File.AppendAllTextAsync(findings, "0\t1100\tyear\thalf written");
        var left = await FindAsync(batch.Id);
        Assert.Equal((1_000, 1_000), (left.RowsDone, left.Counts.Added));
        Assert.True(await _bench.Rows.ImportAsync(left, new ImportSource(left, path), findings, _ => Task.CompletedTask, default));

        var ended = await FindAsync(batch.Id);
        Assert.Equal((1_300, 1_300, 1_300), (ended.RowsDone, ended.Counts.Added, ended.Counts.Copies));
        await using var database = _bench.Database.Open();
        Assert.Equal((1_300, 1_300), (await database.Titles.CountAsync(), await database.Copies.CountAsync()));
        Assert.Equal(601, Assert.Single(await FindingReader.ReadAsync(findings).ToListAsync()).Row);
    }

    [Fact]
    public async Task CommandThatIsKilled_IsFoundStopped_ButNotOneThatStillWrites()
    {
        var path = await _bench.WriteAsync("title\n" + string.Concat(Enumerable.Range(1, 1_300).Select(i => $"Book {i}\n")));
        var batch = await AddAsync(path);
        var board = new LiveBoard(NullLogger<LiveBoard>.Instance);
        var old = new RemoveOldFiles(_bench.Database.Contexts, _bench.Files, Options.Create(new ImportOptions()), board, _bench.Clock);
        var reconciler = new ImportReconciler(_bench.Database.Contexts, new ScriptedJobs(), old, board, _bench.Clock, NullLogger<ImportReconciler>.Instance);

        // Slow, but at work: each batch of rows takes more than a minute.
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.Rows.ImportAsync(batch, new ImportSource(batch, path), _bench.Files.Findings(batch.Id), async done =>
        {
            _bench.Clock.Advance(TimeSpan.FromSeconds(100));
            Assert.Equal(0, (await reconciler.RunOnceAsync(default)).Stopped);
            if (done == 1_000)
                throw new InvalidOperationException("killed");
        }, default));
        _bench.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((1, 0), ((await reconciler.RunOnceAsync(default)).Stopped, (await reconciler.RunOnceAsync(default)).Stopped));

        var left = await FindAsync(batch.Id);
        Assert.Equal((ImportState.Stopped, 1_000, (DateTimeOffset?)_bench.Clock.GetUtcNow()), (left.State, left.RowsDone, left.FinishedAt));
        Assert.StartsWith("The command ended before its work did.", left.Error, StringComparison.Ordinal);
        await using (var database = _bench.Database.Open())
        {
            var entry = await database.Audit.SingleAsync();
            Assert.Equal(("import.stopped", "Command line"), (entry.Action, entry.ActorName));
        }

        // One that was only held up writes nothing more.
        Assert.False(await _bench.Rows.ImportAsync(left, new ImportSource(left, path), _bench.Files.Findings(batch.Id), _ => Task.CompletedTask, default));
    }

    [Fact]
    public async Task TwoRunsAtOnce_WriteEachRowOnce()
    {
        var path = await _bench.WriteAsync("title\n" + string.Concat(Enumerable.Range(1, 1_200).Select(i => $"Book {i}\n")));
        var batch = await AddAsync(path);

        var first = _bench.Rows.ImportAsync(batch, new ImportSource(batch, path), _bench.Files.Findings(batch.Id), _ => Task.CompletedTask, default);
        var second = _bench.Rows.ImportAsync(await FindAsync(batch.Id), new ImportSource(batch, path), _bench.Files.Kept(batch.Id), _ => Task.CompletedTask, default);
        var ended = await Task.WhenAll(first, second);

        Assert.Contains(true, ended);
        await using var database = _bench.Database.Open();
        Assert.Equal((1_200, 1_200), (await database.Titles.CountAsync(), (await FindAsync(batch.Id)).Counts.Added));
    }

    [Fact]
    public async Task Undo_TakesOutWhatNobodyUsesAndSaysWhyTheRestStays()
    {
        await using (var before = _bench.Database.Open())
        {
            before.Titles.Add(new Title(new TitleDetails { Name = "Persuasion", Authors = ["Jane Austen"] }, DateTimeOffset.UnixEpoch));
            await before.SaveChangesAsync();
        }

        await _bench.TextAsync("title,authors,year,barcodes\nEmma,Jane Austen,1815,E1\nWanted,Ann,,W1\nOther copies,Ben,,O1\nPersuasion,Jane Austen,1817,P1; P2\n");
        int import;
        await using (var since = _bench.Database.Open())
        {
            import = (await since.Imports.SingleAsync()).Id;
            (await since.Titles.SingleAsync(title => title.Name == "Other copies")).AddCopy("X-1");
            await since.SaveChangesAsync();
            await since.Copies.Where(copy => copy.Barcode == "P2").ExecuteUpdateAsync(copy => copy.SetProperty(one => one.State, CopyState.InRepair));
            var wanted = await since.Titles.SingleAsync(title => title.Name == "Wanted");
            var reader = await _bench.Database.AddUserAsync("rita");
            await since.Database.ExecuteSqlAsync($"UPDATE Imports SET State = 'Undoing' WHERE Id = {import}");
            var now = _bench.Clock.GetUtcNow();
            since.Requests.Add(BookRequest.Place(RequestedBook.Of(wanted), reader, null, 1, null, now.AddDays(60), now));
            await since.SaveChangesAsync();
        }

        var batch = await FindAsync(import);
        var undo = new UndoRows(_bench.Database.Contexts, _bench.Files, [new UndoTitles(), new UndoCopies(), new UndoCompleted(), new UndoPatrons()]);
        Assert.True(await undo.RunAsync(batch, (_, _) => Task.CompletedTask, default));

        await using var database = _bench.Database.Open();
        Assert.Equal(["Other copies", "Persuasion", "Wanted"], await database.Titles.Select(title => title.Name).Order().ToListAsync());
        Assert.Equal(["O1", "P2", "W1", "X-1"], await database.Copies.Select(copy => copy.Barcode).Order().ToListAsync());
        Assert.Null((await database.Titles.SingleAsync(title => title.Name == "Persuasion")).Year);
        var kept = await FindingReader.ReadAsync(_bench.Files.Kept(import)).ToListAsync();
        Assert.Equal(
            [(3, "title stays: readers have asked for it"), (4, "title stays: it has got other copies since"), (5, "copy stays: it is in repair")],
            kept.Select(finding => (finding.Row, finding.Reason)));
        Assert.Equal((3, 3), ((await FindAsync(import)).Counts.Removed, (await FindAsync(import)).Counts.Kept));
    }

    [Fact]
    public async Task UndoThatAnotherRunTookOver_StopsAndLeavesItsCountsAlone()
    {
        await _bench.TextAsync("title\n" + string.Concat(Enumerable.Range(1, 1_200).Select(i => $"Book {i}\n")));
        await using (var database = _bench.Database.Open())
            await database.Imports.ExecuteUpdateAsync(import => import.SetProperty(one => one.State, ImportState.Undoing));
        var batch = await FindAsync(1);
        UndoRows Undo() => new(_bench.Database.Contexts, _bench.Files, [new UndoTitles(), new UndoCopies(), new UndoCompleted(), new UndoPatrons()]);

        var tookOver = false;
        var ended = await Undo().RunAsync(batch, async (_, _) =>
        {
            // The worker of the first was taken for dead after its first rows; the heir did some more before it wakes.
            if (!tookOver)
                await Assert.ThrowsAsync<OperationCanceledException>(async () => await Undo().RunAsync(await FindAsync(1), (_, _) => throw new OperationCanceledException(), default));
            tookOver = true;
        }, default);

        Assert.False(ended);
        await using var after = _bench.Database.Open();
        Assert.Equal((200, 1_000), (await after.Titles.CountAsync(), (await FindAsync(batch.Id)).Counts.Removed));
    }

    [Fact]
    public async Task End_IsInTheAuditOncePerJob()
    {
        await using var library = await TestLibrary.CreateAsync();
        using var job = new InlineJob();
        var id = await StoreAsync(library, job, ImportKind.Titles, "title\n" + string.Concat(Enumerable.Range(1, 700).Select(i => $"Book {i}\n")));
        var step = library.Get<RunStep>();

        await step.RunAsync(id, ImportStep.Import, job);
        // Whatever the row says: this job has written its end.
        await using (var database = library.Open())
            await database.Imports.ExecuteUpdateAsync(import => import.SetProperty(one => one.State, ImportState.Importing));
        await step.RunAsync(id, ImportStep.Import, job);

        await using var after = library.Open();
        var entry = await after.Audit.SingleAsync();
        Assert.Equal(("import.done", "books.csv", "The portal"), (entry.Action, entry.SubjectName, entry.ActorName));
        Assert.Contains("\"added\":\"700\"", entry.After, StringComparison.Ordinal);
        Assert.Equal("books.csv was imported: 700 added, 700 copies.", AuditSentence.Of(entry, LibraryZone.Utc));
        Assert.Equal(job.Id, (await after.JobEffects.SingleAsync()).JobId);
    }

    [Fact]
    public async Task Start_IsInTheAudit_WithWhoseItIs()
    {
        await using var library = await TestLibrary.CreateAsync();
        using var job = new InlineJob();
        var id = await StoreAsync(library, job, ImportKind.Titles, "title\nEmma\n", ImportState.Checked);

        TestLibrary.Allowed(await library.Get<StartImport>().RunAsync(library.Librarian, id, ImportStep.Import));

        var entry = Assert.Single(await library.AuditAsync());
        Assert.Equal(("import.started", "librarian began to import books.csv."), (entry.Action, AuditSentence.Of(entry, LibraryZone.Utc)));
    }

    [Fact]
    public async Task UndoThatIsStopped_CanOnlyBeGoneOnWith()
    {
        await using var library = await TestLibrary.CreateAsync();
        using var job = new InlineJob();
        var id = await StoreAsync(library, job, ImportKind.Titles, "title\n" + string.Concat(Enumerable.Range(1, 700).Select(i => $"Book {i}\n")));
        await library.Get<RunStep>().RunAsync(id, ImportStep.Import, job);
        TestLibrary.Allowed(await library.Get<StartImport>().RunAsync(library.Librarian, id, ImportStep.Undo));
        await using (var database = library.Open())
            await library.Get<UndoRows>().RunAsync(await database.Imports.SingleAsync(), async (done, _) => Assert.True(done > 500 || (await library.Get<StopImport>().RunAsync(library.Librarian, id)).IsAllowed), default);

        await using var after = library.Open();
        var stopped = await after.Imports.AsNoTracking().SingleAsync();
        Assert.Equal((ImportState.UndoStopped, 500, 200), (stopped.State, stopped.Counts.Removed, await after.Titles.CountAsync()));
        TestLibrary.Refused(await library.Get<StartImport>().RunAsync(library.Librarian, id, ImportStep.Import), "import-state");
        Assert.Equal("The undo of the import of books.csv was stopped: 500 removed so far.", AuditSentence.Of((await library.AuditAsync())[^1], LibraryZone.Utc));
        TestLibrary.Allowed(await library.Get<StartImport>().RunAsync(library.Librarian, id, ImportStep.Undo));
        using var next = new InlineJob();
        await after.Imports.ExecuteUpdateAsync(import => import.SetProperty(one => one.JobId, next.Id.Value));
        await library.Get<RunStep>().RunAsync(id, ImportStep.Undo, next);
        Assert.Equal((ImportState.Undone, 700, 0), ((await after.Imports.AsNoTracking().SingleAsync()).State, (await after.Imports.AsNoTracking().SingleAsync()).Counts.Removed, await after.Titles.CountAsync()));
    }

    [Fact]
    public async Task ImportWhoseJobIsGone_IsStopped_WithItsEndAndAnEntry()
    {
        await using var library = await TestLibrary.CreateAsync();
        using var job = new InlineJob();
        await StoreAsync(library, job, ImportKind.Titles, "title\nEmma\n");
        var reconciler = Reconciler(library);

        Assert.Equal((1, 0), ((await reconciler.RunOnceAsync(default)).Stopped, (await reconciler.RunOnceAsync(default)).Stopped));

        await using var database = library.Open();
        var import = await database.Imports.SingleAsync();
        Assert.Equal((ImportState.Stopped, (DateTimeOffset?)library.Clock.GetUtcNow()), (import.State, import.FinishedAt));
        Assert.Equal(("import.stopped", "The portal"), ((await library.AuditAsync())[^1].Action, (await library.AuditAsync())[^1].ActorName));
    }

    [Theory]
    [InlineData(ImportKind.Patrons, 7)]
    [InlineData(ImportKind.Titles, 90)]
    public async Task Files_AreRemovedWhenTheirTimeIsOver_WhateverBecameOfTheImport(ImportKind kind, int days)
    {
        await using var library = await TestLibrary.CreateAsync();
        var files = library.Get<ImportFiles>();
        using var job = new InlineJob();
        var forgotten = await StoreAsync(library, job, kind, "name\nAda\n", ImportState.Checked);
        var stopped = await StoreAsync(library, job, kind, "name\nAda\n", ImportState.Stopped);
        var undone = await StoreAsync(library, job, kind, "name\nAda\n", ImportState.Undone);
        await using var database = library.Open();
        // The time counts from the end, not from the upload.
        await database.Imports.Where(import => import.Id == undone).ExecuteUpdateAsync(import => import
            .SetProperty(one => one.StoredName, (string?)null).SetProperty(one => one.UndoneAt, library.Clock.GetUtcNow().AddDays(1)));
        foreach (var id in (int[])[forgotten, stopped, undone])
            await File.WriteAllTextAsync(files.Findings(id), "2\t2\temail\tno address\tada");
        await File.WriteAllTextAsync(files.Kept(undone), "3\t2\t\treader stays\tAda");
        library.Clock.Advance(TimeSpan.FromDays(days));
        Assert.Equal(0, await library.Get<RemoveOldFiles>().RunAsync(default));

        library.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await library.Get<RemoveOldFiles>().RunAsync(default));

        Assert.Equal([stopped, undone], await database.Imports.OrderBy(import => import.Id).Select(import => import.Id).ToListAsync());
        Assert.Null((await database.Imports.AsNoTracking().SingleAsync(import => import.Id == stopped)).StoredName);
        Assert.False(File.Exists(files.PathOf("stored.csv")) || File.Exists(files.Findings(forgotten)) || File.Exists(files.Findings(stopped)));
        Assert.True(File.Exists(files.Findings(undone)) && File.Exists(files.Kept(undone)));
        library.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1, 0), (await library.Get<RemoveOldFiles>().RunAsync(default), await library.Get<RemoveOldFiles>().RunAsync(default)));
        Assert.False(File.Exists(files.Findings(undone)) || File.Exists(files.Kept(undone)));
    }

    static ImportReconciler Reconciler(TestLibrary library) => new(
        library.Get<IDbContextFactory<PortalDbContext>>(), library.Jobs, library.Get<RemoveOldFiles>(), library.Get<ILiveBoard>(), library.Clock, NullLogger<ImportReconciler>.Instance);

    static async Task<int> StoreAsync(TestLibrary library, InlineJob job, ImportKind kind, string text, ImportState state = ImportState.Importing)
    {
        await File.WriteAllTextAsync(library.Get<ImportFiles>().PathOf("stored.csv"), text);
        var heading = text.Split('\n')[0].Split(',');
        var batch = new ImportBatch
        {
            Kind = kind, Format = ImportFormat.Csv, FileName = "books.csv", StoredName = "stored.csv", Size = text.Length, Delimiter = ",", Heading = heading, Mapping = heading,
            State = state, JobId = job.Id.Value, Rows = text.Count(sign => sign == '\n') - 1, CreatedByName = "Lena", CreatedAt = library.Clock.GetUtcNow(),
        };
        await using var database = library.Open();
        database.Imports.Add(batch);
        await database.SaveChangesAsync();
        return batch.Id;
    }

    [Fact]
    public async Task MarcFile_IsImportedAndDamagedRecordsAreSkippedAndReported()
    {
        var good = MarcSamples.Bytes(MarcSamples.Book("1000 $aMurasaki Shikibu", "24510$aGenji monogatari"));
        var path = Path.Combine(_bench.Database.Directory, "records.mrc");
        await File.WriteAllBytesAsync(path, [.. good, .. good[..30], 0x1D, .. MarcSamples.Bytes(MarcSamples.Book("1001 $aAusten, Jane", "24510$aEmma")), .. good]);

        var (rows, counts, findings) = await _bench.RunAsync(path);

        Assert.Equal((4, 2, 1, 1), (rows, counts.Added, counts.Refused, counts.Merged));
        Assert.Contains(findings, finding => finding is { Row: 2, Kind: FindingKind.Refused });
        await using var database = _bench.Database.Open();
        Assert.Equal(["Emma", "Genji monogatari"], await database.Titles.Select(title => title.Name).Order().ToListAsync());
    }

    [Fact]
    public async Task Copies_AreAddedToTheTitlesTheyNameAndNeverTwice()
    {
        await _bench.TextAsync("title,authors,isbn,copies\nEmma,Jane Austen,0141439580,0\nEmma,Alexander McCall Smith,,0\nIliad,Homer,,0\n");
        const string File = "barcode,isbn,title,author,shelf\nE1,0141439580,,,A1\nE2,,Emma,Smith,\nE3,,Emma,,\nI1,,The Iliad,,B2\nE1,,Iliad,,\n,,Iliad,,\nZ1,,Nowhere,,\n";

        var rehearsal = await _bench.TextAsync(File, isRehearsal: true, ImportKind.Copies);
        var (_, counts, findings) = await _bench.TextAsync(File, kind: ImportKind.Copies);
        var again = await _bench.TextAsync(File, kind: ImportKind.Copies);

        Assert.Equal((3, 4, 0), (counts.Added, counts.Refused, again.Counts.Added));
        Assert.Equal(3, again.Counts.Unchanged);
        Assert.Equal((counts, findings.Count), (rehearsal.Counts, rehearsal.Findings.Count));
        Assert.Equal([(4, "several titles of this name: tell the ISBN or the author"), (6, "barcode of a copy of another title"), (7, "no barcode"), (8, "no such title in the catalogue")],
            findings.Select(finding => (finding.Row, finding.Reason)));
        await using var database = _bench.Database.Open();
        Assert.Equal(["E1 A1", "E2 ", "I1 B2"], await database.Copies.OrderBy(copy => copy.Barcode).Select(copy => copy.Barcode + " " + (copy.Shelf ?? "")).ToListAsync());
    }

    [Fact]
    public async Task Readers_GetAccountsWithoutPasswordsAndNeverARole()
    {
        const string File = "name,email,card number,category,role,password,notes\nAda Lovelace,ada@example.org,4711,student,Admin,secret,Pays in shillings\nBob,,,,,,\nada  LOVELACE,ADA@example.org,,,,,\nCy,not an address,,Pirate,,,\n,x@example.org,,,,,\n";

        var rehearsal = await _bench.TextAsync(File, isRehearsal: true, ImportKind.Patrons);
        var (_, counts, _) = await _bench.TextAsync(File, kind: ImportKind.Patrons);

        Assert.Equal((3, 1, 1, 1), (counts.Added, counts.Merged, counts.Repaired, counts.Refused));
        Assert.Equal(counts, rehearsal.Counts);
        var again = await _bench.TextAsync(File, kind: ImportKind.Patrons);
        Assert.Equal((0, 4), (again.Counts.Added, again.Counts.Unchanged));
        await using var database = _bench.Database.Open();
        var ada = await database.Patrons.SingleAsync(patron => patron.CardNumber == "4711");
        Assert.Equal(("Ada Lovelace", "Student", "Pays in shillings"), (ada.Name, ada.Category, ada.Notes));
        Assert.All(await database.Users.Where(user => user.DisplayName != "").ToListAsync(), user => Assert.Null(user.PasswordHash));
        Assert.Equal(["patron"], await database.UserRoles.Where(role => role.UserId == ada.UserId).Select(role => role.RoleId).ToListAsync());
    }

    async Task<ImportBatch> AddAsync(string path)
    {
        var batch = new ImportBatch
        {
            Kind = ImportKind.Titles,
            Format = ImportFormat.Csv,
            FileName = "books.csv",
            Size = 1,
            Delimiter = ",",
            Heading = (await File.ReadAllLinesAsync(path))[0].Split(','),
            Mapping = (await File.ReadAllLinesAsync(path))[0].Split(','),
            State = ImportState.Importing,
            CreatedByName = "Lena",
            CreatedAt = _bench.Clock.GetUtcNow(),
        };
        await _bench.Database.AddAsync(batch);
        return await FindAsync(batch.Id);
    }

    async Task<ImportBatch> FindAsync(int id)
    {
        await using var database = _bench.Database.Open();
        return await database.Imports.AsNoTracking().SingleAsync(import => import.Id == id);
    }
}
