using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Worklist;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Circulation;

/// <summary>The nightly forgetting: whose name goes, where it stood, and what stays.</summary>
public sealed partial class NightlyTests
{
    [Fact]
    public async Task Forget_TakesTheNameFromLoanRequestNoticesMailsAndAudit_UnlessTheReaderKeepsIt()
    {
        await using var library = await CreateAsync();
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        foreach (var reader in (Caller[])[ada, ben])
        {
            var request = await library.RequestAsync(reader, await library.AddTitleAsync($"Book of {reader.UserId}"));
            await library.ApproveAsync(request);
            await library.LendAsync(request);
            await library.ReturnAsync(request);
        }

        Allowed(await library.Get<KeepMyHistory>().RunAsync(ben, true));
        library.Clock.Advance(TimeSpan.FromDays(30));
        await NightAsync(library);
        Assert.Equal(2, await NamesAsync(library, ada));
        library.Clock.Advance(TimeSpan.FromSeconds(1));
        await NightAsync(library);
        await NightAsync(library);

        Assert.Equal((0, 2), (await NamesAsync(library, ada), await NamesAsync(library, ben)));
        await using var database = library.Open();
        Assert.Equal(2, await database.Loans.CountAsync());
        Assert.Empty(await library.NoticesAsync(ada));
        Assert.Equal([ben.UserId], await database.Mail.Select(mail => mail.UserId).Distinct().ToListAsync());
        var audit = await library.AuditAsync();
        Assert.DoesNotContain(audit, entry => entry.ActorId == ada.UserId || entry.ActorName == "ada");
        Assert.Contains(audit, entry => entry.Action == "request.placed" && entry.ActorName == "A reader");
        Assert.Equal(2, Allowed(await library.Get<ForgetMyHistory>().RunAsync(ben)));
        Assert.Equal(0, await NamesAsync(library, ben));
        Assert.Empty(await database.Mail.ToListAsync());
    }

    [Fact]
    public async Task Forget_LeavesNoNameBesideWhatAReadersStepDidToCopiesAndToOthers()
    {
        await using var library = await CreateAsync();
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        var title = await library.AddTitleAsync("Emma");
        var (first, second) = (await library.RequestAsync(ada, title), await library.RequestAsync(ben, title));
        await library.ApproveAsync(first);
        await library.ApproveAsync(second);
        Allowed(await library.Get<CancelRequest>().RunAsync(ada, first));
        Assert.Equal(RequestState.Ready, await library.StateAsync(second));
        Assert.Contains(await library.AuditAsync(), entry => entry.Action == "request.cancelled" && entry.ActorId == ada.UserId);
        library.Clock.Advance(TimeSpan.FromHours(2));

        Allowed(await library.Get<ForgetMyHistory>().RunAsync(ada));

        var audit = await library.AuditAsync();
        Assert.DoesNotContain(audit, entry => entry.ActorId == ada.UserId || entry.ActorName == "ada");
        Assert.Equal(["The portal", "The portal", "The portal"], audit.SkipWhile(entry => entry.Action != "request.cancelled").Skip(1).Select(entry => entry.ActorName));
    }

    [Fact]
    public async Task Forget_LeavesMailsAboutWhatGoesOn()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var (ended, open) = (await library.RequestAsync(ada, await library.AddTitleAsync("Emma")), await library.RequestAsync(ada, await library.AddTitleAsync("Villette")));
        foreach (var request in (Guid[])[ended, open])
            await library.ApproveAsync(request);
        await library.LendAsync(ended);
        await library.ReturnAsync(ended);
        library.Clock.Advance(TimeSpan.FromHours(2));

        Allowed(await library.Get<ForgetMyHistory>().RunAsync(ada));

        await using var database = library.Open();
        Assert.Equal(["“Villette” is ready to collect"], await database.Mail.Select(mail => mail.Subject).ToListAsync());
    }

    [Fact]
    public async Task Forget_TakesMailsOfEarlierVersionsAlong_WhichDoNotKnowTheirRequest()
    {
        await using var library = await CreateAsync();
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        foreach (var reader in (Caller[])[ada, ben])
            await library.ApproveAsync(await library.RequestAsync(reader, await library.AddTitleAsync("Emma")));
        await using var database = library.Open();
        await database.Mail.ExecuteUpdateAsync(mail => mail.SetProperty(one => one.Occasion, (string?)null));
        Allowed(await library.Get<KeepMyHistory>().RunAsync(ben, true));
        library.Clock.Advance(TimeSpan.FromHours(2));

        Allowed(await library.Get<ForgetMyHistory>().RunAsync(ada));
        Assert.Equal([ben.UserId], await database.Mail.Select(mail => mail.UserId).ToListAsync());
        library.Clock.Advance(TimeSpan.FromDays(31));
        await library.Get<ForgetReaders>().RunAsync(default);
        Assert.Equal(1, await database.Mail.CountAsync());

        Allowed(await library.Get<KeepMyHistory>().RunAsync(ben, false));
        await library.Get<ForgetReaders>().RunAsync(default);
        Assert.Empty(await database.Mail.ToListAsync());
    }

    [Fact]
    public async Task Forget_GoesOnBehindABadRow()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        for (var i = 0; i < 3; i++)
        {
            var request = await library.RequestAsync(ada, await library.AddTitleAsync($"Book {i}"));
            await library.ApproveAsync(request);
            await library.LendAsync(request);
            await library.ReturnAsync(request);
        }

        await using var database = library.Open();
        await database.Database.ExecuteSqlRawAsync("CREATE TRIGGER Bad BEFORE UPDATE ON Loans WHEN OLD.Id = (SELECT MIN(Id) FROM Loans) BEGIN SELECT RAISE(ABORT, 'a bad row'); END");
        library.Clock.Advance(TimeSpan.FromDays(31));

        await Assert.ThrowsAsync<InvalidOperationException>(() => library.Get<ForgetReaders>().RunAsync(default));

        // Its loan is kept with its traces, all else is forgotten.
        Assert.Equal((1, 0), (await database.Loans.CountAsync(loan => loan.PatronId != null), await database.Requests.CountAsync(request => request.PatronId != null)));
        await database.Database.ExecuteSqlRawAsync("DROP TRIGGER Bad");
        Assert.Equal(1, await library.Get<ForgetReaders>().RunAsync(default));
    }

    static async Task<int> NamesAsync(TestLibrary library, Caller reader)
    {
        await using var database = library.Open();
        return await database.Loans.CountAsync(loan => loan.PatronId == reader.UserId) + await database.Requests.CountAsync(request => request.PatronId == reader.UserId);
    }
}
