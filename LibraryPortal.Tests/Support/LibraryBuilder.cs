using LibraryPortal.Data;
using LibraryPortal.Data.Numbers;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Support;

/// <summary>Fills a database with much of what a library has, fast and always the same. Everything goes through the domain, so the rows are as real ones.</summary>
internal sealed class LibraryBuilder(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    const int Batch = 500;

    /// <summary>Titles named "Volume 1" and so on, with one copy each; some names would be formulas in a spreadsheet.</summary>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<int>> AddTitlesAsync(int count)
    {
        List<int> ids = [];
        foreach (var numbers in Enumerable.Range(1, count).Chunk(Batch))
        {
            await using var database = await databases.CreateDbContextAsync();
            var titles = numbers.Select(MakeTitle).ToList();
            database.Titles.AddRange(titles);
            await database.SaveChangesAsync();
            ids.AddRange(titles.Select(title => title.Id));
        }

        return ids;
    }

    /// <summary>Requests of one reader, each of a title of its own, an hour apart and ending now: returned, on loan, ready, queued, pending, declined and
    /// cancelled ones in turn, most of them returned.</summary>
    /// <returns>Their ids in the order of their numbers.</returns>
    public async Task<IReadOnlyList<Guid>> AddRequestsAsync(string patronId, int count)
    {
        await AddTitlesAsync(count);
        await using var lookup = await databases.CreateDbContextAsync();
        var titles = await lookup.Titles.OrderByDescending(title => title.Id).Take(count).Select(title => title.Id).ToListAsync();
        List<Guid> ids = [];
        var start = clock.GetUtcNow() - TimeSpan.FromHours(count);
        foreach (var batch in titles.Order().Index().Chunk(Batch))
        {
            await using var database = await databases.CreateDbContextAsync();
            var wanted = batch.Select(entry => entry.Item).ToList();
            var held = await database.Titles.Include(title => title.Copies).Where(title => wanted.Contains(title.Id)).ToDictionaryAsync(title => title.Id);
            var number = await database.TakeNumbersAsync(NumberSeriesExtensions.Requests, batch.Length, default);
            foreach (var (index, titleId) in batch)
                ids.Add(AddRequest(database, patronId, held[titleId], number++, index, start + TimeSpan.FromHours(index)));
            await database.SaveChangesAsync();
        }

        return ids;
    }

    Title MakeTitle(int number)
    {
        var name = (number % 50) switch
        {
            0 => $"=1+{number}",
            25 => $"@volume \"{number}\", again",
            _ => $"Volume {number}",
        };
        var title = new Title(new TitleDetails { Name = name, Authors = [$"Author {number % 97}"], Year = 1900 + number % 120 }, clock.GetUtcNow());
        title.AddCopy($"V-{Guid.NewGuid():N}");
        return title;
    }

    static Guid AddRequest(PortalDbContext database, string patronId, Title title, long number, int index, DateTimeOffset at)
    {
        var copy = title.Copies[0];
        var request = BookRequest.Place(RequestedBook.Of(title), patronId, null, number, null, at.AddDays(60), at);
        database.Requests.Add(request);
        switch (index % 20)
        {
            case 0:
                break;
            case 1:
                request.Decline("Only for use in the reading room.", null, at.AddMinutes(10));
                break;
            case 2:
                request.Cancel(null, null, at.AddMinutes(10));
                break;
            case 3:
                request.Approve(null, at.AddMinutes(10));
                break;
            default:
                Lend(database, request, copy, index, at.AddMinutes(10));
                break;
        }

        return request.Id;
    }

    static void Lend(PortalDbContext database, BookRequest request, Copy copy, int index, DateTimeOffset at)
    {
        request.Approve(null, at);
        request.SetAside(copy, EndOfDay(at.AddDays(7)), at);
        if (index % 20 == 4)
            return;
        var loan = Loan.Lend(copy, request.PatronId!, request, EndOfDay(at.AddDays(21)), at.AddMinutes(10));
        database.Loans.Add(loan);
        if (index % 20 != 5)
            loan.Return(copy, request, at.AddMinutes(30));
    }

    static DateTimeOffset EndOfDay(DateTimeOffset moment) => LibraryZone.Utc.EndOf(LibraryZone.Utc.DateAt(moment));
}
