using System.Text;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Features.Import.Running;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.Import;

/// <summary>Imports small files into a database of their own, as the command line does.</summary>
internal sealed class ImportBench : IAsyncDisposable
{
    ImportBench(TestDatabase database)
    {
        Database = database;
        Files = new ImportFiles(Path.Combine(database.Directory, "imports"));
        Rows = new RunRows(database.Contexts, Files, Clock);
    }

    public TestDatabase Database { get; }

    public ManualClock Clock { get; } = new();

    public ImportFiles Files { get; }

    public RunRows Rows { get; }

    public static async Task<ImportBench> CreateAsync() => new(await TestDatabase.CreateAsync());

    public async Task<Outcome<ImportReport>> TryAsync(string path, Encoding? encoding = null, bool isRehearsal = false, ImportKind kind = ImportKind.Titles) =>
        await new ImportFile(Database.Contexts, Rows, Files, new ScriptedJobs(), Clock).RunAsync(path, kind, encoding, isRehearsal);

    /// <summary>Imports and expects to be allowed.</summary>
    public async Task<(int Rows, ImportCounts Counts, IReadOnlyList<Finding> Findings)> RunAsync(string path, bool isRehearsal = false, ImportKind kind = ImportKind.Titles)
    {
        using var report = TestLibrary.Allowed(await TryAsync(path, null, isRehearsal, kind));
        return (report.Rows, report.Counts, await FindingReader.ReadAsync(report.Findings).ToListAsync());
    }

    public async Task<string> WriteAsync(string text, string name = "books.csv")
    {
        var path = Path.Combine(Database.Directory, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    public async Task<(int Rows, ImportCounts Counts, IReadOnlyList<Finding> Findings)> TextAsync(string text, bool isRehearsal = false, ImportKind kind = ImportKind.Titles) =>
        await RunAsync(await WriteAsync(text), isRehearsal, kind);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
