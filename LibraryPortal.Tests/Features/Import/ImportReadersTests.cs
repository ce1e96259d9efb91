using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.Import;

/// <summary>Whose row it is: families share addresses, rows name little, and a file may come twice.</summary>
public sealed class ImportReadersTests : IAsyncLifetime
{
    ImportBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ImportBench.CreateAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task AFamilyWithOneAddress_AreAllReaders_AndTheFileMayComeTwice()
    {
        const string family = "name,email,card number\nAda Lovelace,home@example.org,C-1\nByron Lovelace,HOME@example.org,C-2\nRalph,home@example.org,\n";

        var rehearsal = await _bench.TextAsync(family, isRehearsal: true, ImportKind.Patrons);
        var (_, counts, findings) = await _bench.TextAsync(family, kind: ImportKind.Patrons);
        await RenameAsync("Ralph", "Ralph Gordon");
        var again = await _bench.TextAsync(family, kind: ImportKind.Patrons);

        Assert.Equal((3, 2, 0), (counts.Added, counts.Repaired, counts.Unchanged));
        Assert.Equal(counts, rehearsal.Counts);
        Assert.Equal(findings, rehearsal.Findings);
        Assert.Equal(
            [(3, FindingKind.Repaired, "address of another reader, left out", "Byron Lovelace: HOME@example.org is of Ada Lovelace in row 2"),
                (4, FindingKind.Repaired, "address of another reader, left out", "Ralph: home@example.org is of Ada Lovelace in row 2")],
            findings.Select(finding => (finding.Row, finding.Kind, finding.Reason, finding.Detail)));
        Assert.Equal((0, 3, 0), (again.Counts.Added, again.Counts.Unchanged, again.Findings.Count));
        await using var database = _bench.Database.Open();
        Assert.Equal(["Ada Lovelace", "Byron Lovelace", "Ralph Gordon"], await NamesAsync());
        Assert.Equal(1, await database.Users.CountAsync(user => user.NormalizedEmail == "HOME@EXAMPLE.ORG"));
    }

    [Fact]
    public async Task ARowThatContradictsTheLibrary_IsNamed_NeverDroppedInSilence()
    {
        await _bench.TextAsync("name,email,user name,card number\nAda Lovelace,ada@example.org,ada,C-1\n", kind: ImportKind.Patrons);

        var (_, counts, findings) = await _bench.TextAsync(
            "name,email,user name,card number\nBen,,,C-1\nAda Lovelace,ada@example.org,,C-9\nCy,,ADA,\nADA LOVELACE,ada@example.org,,\nAda Lovelace,,,C-1\n", kind: ImportKind.Patrons);

        Assert.Equal((1, 2, 2), (counts.Added, counts.Refused, counts.Unchanged));
        Assert.Equal(
            [(2, FindingKind.Refused, "card number of another reader", "Ben: C-1 is of Ada Lovelace"),
                (3, FindingKind.Refused, "this reader has another card", "Ada Lovelace: Ada Lovelace, here C-9"),
                (4, FindingKind.Repaired, "user name of another reader, left out", "Cy: ADA is of Ada Lovelace")],
            findings.Select(finding => (finding.Row, finding.Kind, finding.Reason, finding.Detail)));
        Assert.Equal(["Ada Lovelace", "Cy"], await NamesAsync());
    }

    [Fact]
    public async Task TheSameReaderFarApartInAFile_IsTheSameAsAnEarlierRow_InTheImportAsInTheCheck()
    {
        var file = "name,email\nAda,ada@example.org\n" + string.Concat(Enumerable.Range(1, 600).Select(i => $"Reader {i},\n")) + "ADA,ada@example.org\nReader 1,\n";

        var rehearsal = await _bench.TextAsync(file, isRehearsal: true, ImportKind.Patrons);
        var (_, counts, findings) = await _bench.TextAsync(file, kind: ImportKind.Patrons);

        Assert.Equal((601, 2, 0), (counts.Added, counts.Merged, counts.Unchanged));
        Assert.Equal(counts, rehearsal.Counts);
        Assert.Equal(findings, rehearsal.Findings);
        Assert.Equal([(603, "ADA, as in row 2"), (604, "Reader 1, as in row 3")], findings.Select(finding => (finding.Row, finding.Detail)));
    }

    async Task RenameAsync(string from, string to)
    {
        await using var database = _bench.Database.Open();
        await database.Patrons.Where(patron => patron.Name == from).ExecuteUpdateAsync(patron => patron.SetProperty(one => one.Name, to));
    }

    async Task<List<string>> NamesAsync()
    {
        await using var database = _bench.Database.Open();
        return await database.Patrons.OrderBy(patron => patron.Name).Select(patron => patron.Name).ToListAsync();
    }
}
