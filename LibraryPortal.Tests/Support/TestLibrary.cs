using LibraryPortal.Circulation;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Collection;
using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Audit;
using LibraryPortal.Features.Catalog;
using LibraryPortal.Features.Desk;
using LibraryPortal.Features.Import;
using LibraryPortal.Features.LendingRules;
using LibraryPortal.Features.Loans;
using LibraryPortal.Features.Me;
using LibraryPortal.Features.Patrons;
using LibraryPortal.Features.Requests;
using LibraryPortal.Features.Worklist;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using LibraryPortal.Mail;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Support;

/// <summary>A library with a real database, the real use cases and a clock of its own; readers and books are added by name.</summary>
internal sealed class TestLibrary : IAsyncDisposable
{
    readonly TestDatabase _database;
    readonly ServiceProvider _services;

    TestLibrary(TestDatabase database)
    {
        _database = database;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(database.Contexts);
        services.AddSingleton<LiveBoard>();
        services.AddSingleton<ILiveBoard>(provider => provider.GetRequiredService<LiveBoard>());
        services.AddSingleton<ITitleSearch, SqliteTitleSearch>();
        services.AddSingleton<CurrentCalendar>();
        services.AddSingleton(database.Outbox);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<IJobClient>(Jobs);
        services.AddSingleton<IJobStoreStatus>(Jobs);
        services.AddPortalMail(Path.Combine(database.Directory, "mail"));
        services.AddCirculation();
        services.AddRequests();
        services.AddCatalog();
        services.AddCovers(Path.Combine(database.Directory, "covers"));
        services.AddWorklist();
        services.AddLoans();
        services.AddDesk();
        services.AddLendingRules();
        services.AddPatrons();
        services.AddMe();
        services.AddAudit();
        services.AddCollection();
        services.AddImport(Path.Combine(database.Directory, "imports"));
        _services = services.BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new();

    /// <summary>The engine, played by the test.</summary>
    public ScriptedJobs Jobs { get; } = new();

    public Caller Librarian { get; private set; } = null!;

    public static async Task<TestLibrary> CreateAsync()
    {
        var library = new TestLibrary(await TestDatabase.CreateAsync());
        library.Librarian = new Caller(await library._database.AddUserAsync("librarian", "Staff"), IsLibrarian: true, IsAdmin: false);
        return library;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public PortalDbContext Open() => _database.Open();

    public async Task<Caller> AddReaderAsync(string name, string category = "Adult") => new(await _database.AddUserAsync(name, category), IsLibrarian: false, IsAdmin: false);

    /// <summary>Changes the rules of a category.</summary>
    public async Task SetPolicyAsync(string category, Func<LendingPolicy, LendingPolicy> change)
    {
        await using var database = Open();
        var row = await database.LendingPolicies.SingleAsync(policy => policy.Category == category);
        database.Entry(row).CurrentValues.SetValues(change(row));
        await database.SaveChangesAsync();
    }

    public async Task<Title> AddTitleAsync(string name, int copies = 1, params string[] authors)
    {
        await using var database = Open();
        var title = new Title(new TitleDetails { Name = name, Authors = authors }, Clock.GetUtcNow());
        for (var i = 0; i < copies; i++)
            title.AddCopy($"T-{Guid.NewGuid():N}", "A1");
        database.Titles.Add(title);
        await database.SaveChangesAsync();
        return title;
    }

    /// <summary>Asks for a title and expects to be allowed.</summary>
    public async Task<Guid> RequestAsync(Caller reader, Title title) => Allowed(await Get<RequestTitle>().RunAsync(reader, title.Id)).Id;

    public async Task ApproveAsync(Guid request) => Allowed(await Get<ApproveRequest>().RunAsync(Librarian, request));

    public async Task LendAsync(Guid request) => Allowed(await Get<LendRequest>().RunAsync(Librarian, request));

    public async Task<ReturnAnswer> ReturnAsync(Guid request) => Allowed(await Get<ReturnLoan>().RunAsync(Librarian, request));

    public async Task<BookRequest> FindAsync(Guid request)
    {
        await using var database = Open();
        return await database.Requests.AsNoTracking().SingleAsync(row => row.Id == request);
    }

    public async Task<RequestState> StateAsync(Guid request) => (await FindAsync(request)).State;

    /// <summary>Barcodes of a title's copies, in the order in which they are given out.</summary>
    public async Task<IReadOnlyList<string>> BarcodesAsync(Title title)
    {
        await using var database = Open();
        return await database.Copies.Where(copy => copy.TitleId == title.Id).OrderBy(copy => copy.Barcode).Select(copy => copy.Barcode).ToListAsync();
    }

    /// <summary>The only loan of this reader that is not over.</summary>
    public async Task<Loan> LoanAsync(Caller reader)
    {
        await using var database = Open();
        return await database.Loans.AsNoTracking().SingleAsync(loan => loan.PatronId == reader.UserId && loan.ReturnedAt == null);
    }

    /// <summary>What was recorded, in its order.</summary>
    public async Task<IReadOnlyList<AuditEntry>> AuditAsync()
    {
        await using var database = Open();
        return await database.Audit.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync();
    }

    /// <summary>What a reader was told, in its order.</summary>
    public async Task<IReadOnlyList<string>> NoticesAsync(Caller reader)
    {
        await using var database = Open();
        return await database.Notices.Where(notice => notice.UserId == reader.UserId).OrderBy(notice => notice.CreatedAt).ThenBy(notice => notice.Id)
            .Select(notice => notice.Text).ToListAsync();
    }

    public async Task<IReadOnlyList<CopyState>> CopyStatesAsync(Title title)
    {
        await using var database = Open();
        return await database.Copies.Where(copy => copy.TitleId == title.Id).Select(copy => copy.State).ToListAsync();
    }

    public static T Allowed<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.IsAllowed, outcome.Refusal?.Message);
        return outcome.Value;
    }

    public static Refusal Refused<T>(Outcome<T> outcome, string rule)
    {
        Assert.NotNull(outcome.Refusal);
        Assert.Equal(rule, outcome.Refusal.Rule);
        return outcome.Refusal;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
