using LibraryPortal.Data;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>The portal is killed while it moves the promised dates of a whole library.</summary>
public sealed class DatesKilledTests
{
    const int Loans = 1_500;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Dates_WhosePortalIsKilledInTheMiddle_AllMoveExactlyOnce()
    {
        using var data = new TemporaryFolder();
        await using var services = Open(data.Path);
        var databases = services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        await using (var first = await PortalProcess.StartAsync("", data.Path))
        {
            using var reader = await ApiCaller.RegisterAsync(first.Address, "ada");
            await LendAsync(databases);
            var (code, output) = await PortalProcess.RunAsync("jobs", "enqueue", "circulation.move-dates", "--DataDirectory", data.Path);
            Assert.True(code == 0, output);
            await Eventually.HoldsAsync("a part of the dates has moved", async () => await MovedAsync(databases) > Loans / 10, Patience);
            await first.KillAsync();
        }

        Assert.InRange(await MovedAsync(databases), Loans / 10, Loans - 1);
        await using var second = await PortalProcess.StartAsync("", data.Path);
        await Eventually.HoldsAsync("all dates have moved", async () => await MovedAsync(databases) >= Loans, Patience);

        await using var database = await databases.CreateDbContextAsync();
        Assert.Equal(Loans, await database.Loans.CountAsync(loan => loan.Version == 1));
        Assert.Equal(Loans, await database.Audit.CountAsync(entry => entry.Action == "loan.due-moved"));
        Assert.Equal(Loans, await database.Notices.CountAsync());
        await Eventually.HoldsAsync("their reader has one mail about all of them", async () => await database.Mail.CountAsync(mail => mail.Kind == "dates.moved") == 1, Patience);
    }

    static async Task LendAsync(IDbContextFactory<PortalDbContext> databases)
    {
        await using var database = await databases.CreateDbContextAsync();
        var reader = await database.Users.Where(user => user.UserName == "ada").Select(user => user.Id).SingleAsync();
        var now = TimeProvider.System.GetUtcNow();
        var due = LibraryZone.Utc.DateAt(now).AddDays(20);
        database.Closures.Add(TestLibrary.Allowed(Closure.Of(due.AddDays(-1), due.AddDays(1), "Painting")));
        var title = new Title(new TitleDetails { Name = "Emma" }, now);
        database.Titles.Add(title);
        for (var i = 0; i < Loans; i++)
            database.Loans.Add(Loan.Lend(title.AddCopy($"D-{i}"), reader, null, LibraryZone.Utc.EndOf(due), now));
        await database.SaveChangesAsync();
    }

    static async Task<int> MovedAsync(IDbContextFactory<PortalDbContext> databases)
    {
        await using var database = await databases.CreateDbContextAsync();
        return await database.Loans.CountAsync(loan => loan.Version > 0);
    }

    static ServiceProvider Open(string directory)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddPortalData(new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "library.db"), Pooling = false }.ToString());
        return services.BuildServiceProvider();
    }
}
