using LibraryPortal.Data;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Import;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Architecture;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.EndToEnd.JudgedDay;

/// <summary>A library with the 10,000 real titles, one copy of each; five readers, two librarians and an admin. It is ten o'clock on a Monday.</summary>
internal sealed class DayPortal : PortalApp
{
    public static readonly string[] Readers = ["ann", "bob", "cas", "dee", "eli"];

    static readonly string BooksCsv = Path.GetFullPath(Path.Combine(SourceTree.Root, "..", "shared", "data", "goodbooks-10k", "books.csv"));
    static readonly LibraryZone Zone = new(TimeZoneInfo.Local);

    readonly ShiftedClock _clock = new();

    public DayPortal()
    {
        Configure = services => services.AddSingleton<TimeProvider>(_clock);
        Monday = Zone.DateAt(TimeProvider.System.GetUtcNow()).AddDays(1);
        while (Monday.DayOfWeek != DayOfWeek.Monday)
            Monday = Monday.AddDays(1);
    }

    /// <summary>The first day.</summary>
    public DateOnly Monday { get; }

    /// <summary>The books that are asked for, in the order of the catalogue; each name stands for one title only.</summary>
    public IReadOnlyList<Book> Books { get; private set; } = [];

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists(BooksCsv), $"The data set is not there: {BooksCsv}");
        await base.InitializeAsync();
        using var report = TestLibrary.Allowed(await Services.GetRequiredService<ImportFile>().RunAsync(BooksCsv, ImportKind.Titles, null, isRehearsal: false));
        Assert.Equal(9_999, report.Counts.Added);
        // Not before: to a clock days ahead of the disk's, what the import writes is left from long ago, and tidied away.
        GoTo(0);
        foreach (var reader in Readers)
            await CreateUserAsync(reader);
        foreach (var librarian in new[] { "lena", "liam" })
            await CreateUserAsync(librarian, Roles.Librarian);
        await CreateUserAsync("olga", Roles.Admin);

        await using var database = await OpenAsync();
        var first = await database.Titles.OrderBy(title => title.Id).Take(60)
            .Where(title => database.Titles.Count(other => other.Name == title.Name) == 1)
            .Select(title => new Book(title.Id, title.Name, title.Copies.Single().Barcode)).ToListAsync();
        Books = [.. first.OrderBy(book => book.Id)];
    }

    /// <summary>Puts the clock to ten o'clock, so many days after the Monday.</summary>
    public void GoTo(int day) => _clock.Shift = Zone.StartOf(Monday.AddDays(day)).AddHours(10) - TimeProvider.System.GetUtcNow();

    /// <summary>A date, so many days after the Monday, as it stands in a sentence.</summary>
    public string Say(int day) => LibraryZone.Say(Monday.AddDays(day));

    /// <summary>When that day begins.</summary>
    public DateTimeOffset StartOf(int day) => Zone.StartOf(Monday.AddDays(day));

    public async Task<string> CardAsync(string reader)
    {
        await using var database = await OpenAsync();
        return await database.Patrons.Where(patron => patron.Name == reader).Select(patron => patron.CardNumber).SingleAsync();
    }

    /// <summary>How many copies are in each state that is not simply the shelf.</summary>
    public async Task<(int SetAside, int OnLoan)> CopiesAsync()
    {
        await using var database = await OpenAsync();
        return (await database.Copies.CountAsync(copy => copy.State == CopyState.SetAside), await database.Copies.CountAsync(copy => copy.State == CopyState.OnLoan));
    }

    /// <summary>All requests: number, reader, state.</summary>
    public async Task<List<string>> RequestsAsync(params RequestState[] states)
    {
        await using var database = await OpenAsync();
        return await (from request in database.Requests
                      join patron in database.Patrons on request.PatronId equals patron.UserId
                      where states.Contains(request.State)
                      orderby request.Number
                      select $"{request.Number} {patron.Name}").ToListAsync();
    }

    Task<PortalDbContext> OpenAsync() => Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();

    /// <param name="Barcode">Of its only copy.</param>
    internal sealed record Book(int Id, string Name, string Barcode)
    {
        /// <summary>As the desk names a copy: “Emma” (C000001).</summary>
        public override string ToString() => $"“{Name}” ({Barcode})";
    }
}
