using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Data.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Circulation;

/// <summary>The invariants of library.md, section 2, after random commands of several people at once on a real database file.</summary>
public sealed class CirculationPropertyTests
{
    const int People = 3;

    [Fact]
    public void RandomCommands_OfSeveralAtOnce_KeepTheInvariants() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(8).WithEndSize(40),
            Prop.ForAll(CirculationCommand.Script(People).ToArbitrary(), (Func<IReadOnlyList<IReadOnlyList<CirculationCommand>>, Task>)RunAsync));

    static async Task RunAsync(IReadOnlyList<IReadOnlyList<CirculationCommand>> script)
    {
        await using var library = await TestLibrary.CreateAsync();
        var scene = await CirculationScene.CreateAsync(library);
        await Task.WhenAll(script.Select(commands => Task.Run(async () =>
        {
            foreach (var command in commands)
                await scene.RunAsync(command);
        })));
        await AssertInvariantsAsync(library, scene);
    }

    static async Task AssertInvariantsAsync(TestLibrary library, CirculationScene scene)
    {
        await using var database = library.Open();
        var copies = await database.Copies.ToListAsync();
        var requests = await database.Requests.ToListAsync();
        var loans = await database.Loans.ToListAsync();
        foreach (var copy in copies)
        {
            var ready = requests.Count(request => request.State == RequestState.Ready && request.CopyId == copy.Id);
            var lent = loans.Count(loan => loan.CopyId == copy.Id && loan.ReturnedAt is null);
            var expected = copy.State switch
            {
                CopyState.SetAside => (1, 0),
                CopyState.OnLoan => (0, 1),
                CopyState.Lost => (0, lent),
                CopyState.Available or CopyState.InRepair or CopyState.Withdrawn => (0, 0),
            };
            Assert.Equal(expected, (ready, lent));
            Assert.True(lent <= 1);
            if (copy.State == CopyState.Available)
                Assert.DoesNotContain(requests, request => request.TitleId == copy.TitleId && request.State == RequestState.Queued);
        }

        var active = requests.Where(request => request.State.IsActive()).ToList();
        Assert.Equal(active.Count, active.DistinctBy(request => (request.PatronId, request.TitleId, request.TitleId is null ? request.BookKey : null)).Count());
        Assert.Equal(loans.Count(loan => loan.ReturnedAt is null && loan.RequestId is not null), active.Count(request => request.State == RequestState.OnLoan));
        await AssertAuditAsync(library, requests);
        await AssertToldAsync(library, [.. requests.Select(request => ((object)request, request.Id, request.Version)), .. loans.Select(loan => ((object)loan, loan.Id, loan.Version))]);
        await AssertCopiesToldAsync(library, copies);
        Assert.Empty(scene.Surprises);
    }

    // Whatever a row holds was told by an entry, and each change by one of its own: the first says that the row is there, each other makes a version of it.
    static async Task AssertToldAsync(TestLibrary library, IEnumerable<(object Row, Guid Id, int Version)> rows)
    {
        var audit = (await library.AuditAsync()).ToLookup(entry => entry.SubjectId);
        await using var database = library.Open();
        foreach (var (row, id, version) in rows)
        {
            Assert.Equal(version + 1, audit[id.ToString()].Count());
            var entry = database.Entry(row);
            entry.State = EntityState.Added;
            var told = new SortedDictionary<string, string?>(StringComparer.Ordinal);
            foreach (var value in audit[id.ToString()].SelectMany(one => AuditValues.All(one.After)))
                told[value.Key] = value.Value;
            Assert.Equal(AuditValues.All(new RowDifference().Of(entry).After).Where(value => value.Value is not null).OrderBy(value => value.Key, StringComparer.Ordinal), told.Where(value => value.Value is not null));
            entry.State = EntityState.Detached;
        }
    }

    // A copy may pass through two states in one step, as one that is set aside and lent; its entries tell where each step led.
    static async Task AssertCopiesToldAsync(TestLibrary library, List<Copy> copies)
    {
        var audit = (await library.AuditAsync()).ToLookup(entry => entry.SubjectId);
        foreach (var copy in copies)
        {
            var state = CopyState.Available.ToString();
            foreach (var entry in audit[copy.Id.ToString()])
            {
                Assert.Equal(state, AuditValues.State(entry.Before));
                state = AuditValues.State(entry.After);
            }

            Assert.Equal(copy.State.ToString(), state);
        }
    }

    // The entries of a request, read in their order, tell its whole life: each begins where the one before ended, and only an undo leads out of an end.
    static async Task AssertAuditAsync(TestLibrary library, List<BookRequest> requests)
    {
        var audit = await library.AuditAsync();
        foreach (var request in requests)
        {
            string? state = null;
            foreach (var entry in audit.Where(entry => entry.SubjectId == request.Id.ToString()))
            {
                var (before, after) = (AuditValues.State(entry.Before), AuditValues.State(entry.After));
                if (after is null)
                    continue;
                Assert.Equal(state, before);
                if (state is not null && !Enum.Parse<RequestState>(state).IsActive())
                    Assert.Contains(entry.Action, (string[])["request.reopened", "request.on-loan-again"]);
                state = after;
            }

            Assert.Equal(request.State.ToString(), state);
        }
    }
}
