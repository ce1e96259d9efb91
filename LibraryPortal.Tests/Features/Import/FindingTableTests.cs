using System.Text;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.Import;

public sealed class FindingTableTests
{
    static readonly Finding[] Some =
    [
        new(7, FindingKind.Repaired, "year", "no year", "=1+1"), new(8, FindingKind.Refused, "", "no title", "a\ttab and\na line"), new(9, FindingKind.Repaired, "isbn", "no ISBN", "'12'"),
    ];

    [Fact]
    public async Task Write_MakesNoFormulaOfWhatTheSourceHad()
    {
        using var folder = new TemporaryDirectory();
        await using (var writer = new FindingWriter(folder.File("findings"), 0))
            await writer.WriteAsync(Some, default);
        using var table = new MemoryStream();

        await FindingTable.WriteAsync(table, FindingReader.ReadAsync(folder.File("findings")), default);

        Assert.Equal(
            ["row,what,column,reason,detail", "7,Repaired,year,no year,'=1+1", "8,Refused,,no title,a tab and a line", "9,Repaired,isbn,no ISBN,'12'", ""],
            Encoding.UTF8.GetString(table.ToArray()).TrimStart('\uFEFF').Split("\r\n"));
    }

    [Fact]
    public async Task Page_ShowsOneKindAndCountsAll()
    {
        using var folder = new TemporaryDirectory();
        await using (var writer = new FindingWriter(folder.File("findings"), 0))
            await writer.WriteAsync(Some, default);

        var page = await FindingReader.PageAsync(folder.File("findings"), FindingKind.Repaired, 2, 1, default);

        Assert.Equal((2, 2, 9), (page.Total, page.Page, Assert.Single(page.Items).Row));
        Assert.Equal(0, (await FindingReader.PageAsync(folder.File("none"), null, 1, 10, default)).Total);
    }

    [Fact]
    public async Task Writer_DropsWhatAKilledRunWroteBeyondItsLastSavedRow()
    {
        using var folder = new TemporaryDirectory();
        long saved;
        await using (var writer = new FindingWriter(folder.File("findings"), 0))
        {
            await writer.WriteAsync([Some[0]], default);
            saved = writer.Length;
            await writer.WriteAsync([Some[1]], default);
        }

        await using (var writer = new FindingWriter(folder.File("findings"), saved))
            await writer.WriteAsync([Some[2]], default);

        Assert.Equal([7, 9], await FindingReader.ReadAsync(folder.File("findings")).Select(finding => finding.Row).ToListAsync());
    }
}
