using LibraryPortal.Data;
using LibraryPortal.Data.Mail;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain.Notices;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Features.Reports;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using LibraryPortal.Mail;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Support;

/// <summary>The reports of a library with a real database and real files; the engine is played by the test.</summary>
internal sealed class TestReports : IAsyncDisposable
{
    readonly TestDatabase _database;
    readonly ServiceProvider _services;

    TestReports(TestDatabase database, Dictionary<string, string?> settings)
    {
        _database = database;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(database.Contexts);
        services.AddSingleton(database.Outbox);
        services.AddSingleton<LiveBoard>();
        services.AddSingleton<ILiveBoard>(provider => provider.GetRequiredService<LiveBoard>());
        services.AddSingleton<IJobClient>(Jobs);
        services.AddSingleton<IJobStoreStatus>(Jobs);
        services.AddSingleton<CurrentCalendar>();
        services.AddPortalMail(Path.Combine(database.Directory, "mail"));
        services.AddReports(Files);
        services.AddTransient<ExportReportJob>();
        services.AddSingleton<ExportReconciler>();
        services.AddSingleton<ExportCleaner>();
        _services = services.BuildServiceProvider();
    }

    public ScriptedJobs Jobs { get; } = new();

    public ManualClock Clock { get; } = new();

    public LibraryBuilder Build => new(_database.Contexts, Clock);

    /// <summary>Where finished files are kept.</summary>
    public string Files => Path.Combine(_database.Directory, "files");

    public Caller Librarian { get; } = new("librarian", IsLibrarian: true, IsAdmin: false);

    public static async Task<TestReports> CreateAsync(params (string Key, string Value)[] settings) =>
        new(await TestDatabase.CreateAsync(), settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value, StringComparer.Ordinal));

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public PortalDbContext Open() => _database.Open();

    public async Task<Caller> AddReaderAsync(string name) => new(await _database.AddUserAsync(name), IsLibrarian: false, IsAdmin: false);

    /// <summary>Starts an export and expects to be allowed.</summary>
    public async Task<StartedExport> StartAsync(Caller reader) => TestLibrary.Allowed(await Get<ExportMyRequests>().RunAsync(reader));

    /// <summary>Runs the job of an export here and now.</summary>
    public Task<ReportFile> RunAsync(StartedExport started, InlineJob? job = null) =>
        Get<ExportReportJob>().RunAsync(new ExportReport(started.ExportId), job ?? new InlineJob());

    public async Task<ReportExport> FindAsync(StartedExport started)
    {
        await using var database = Open();
        return await database.ReportExports.AsNoTracking().SingleAsync(export => export.Id == started.ExportId);
    }

    public async Task<List<Notice>> NoticesAsync(Caller reader)
    {
        await using var database = Open();
        return await database.Notices.AsNoTracking().Where(notice => notice.UserId == reader.UserId).OrderBy(notice => notice.CreatedAt).ToListAsync();
    }

    public async Task<List<MailMessage>> MailsAsync()
    {
        await using var database = Open();
        return await database.Set<MailMessage>().AsNoTracking().ToListAsync();
    }

    /// <summary>The relay has handed everything over: the engine knows these jobs now.</summary>
    public async Task EmptyOutboxAsync()
    {
        await using var database = Open();
        await database.Outbox.ExecuteDeleteAsync();
    }

    public IReadOnlyList<string> FileNames() => [.. Directory.EnumerateFiles(Files).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
