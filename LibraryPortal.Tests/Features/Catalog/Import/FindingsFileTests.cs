using LibraryPortal.Features.Catalog.Import;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Features.Catalog.Import;

public sealed class FindingsFileTests
{
    [Fact]
    public async Task Write_OfADetailThatIsAFormula_WritesItAsText()
    {
        using var folder = new TemporaryDirectory();

        await FindingsFile.WriteAsync(folder.File("report.csv"), [new Finding(7, FindingKind.Repaired, "no year", "=1+1")], default);

        Assert.Equal(["row,what,reason,detail", "7,Repaired,no year,\"'=1+1\""], await File.ReadAllLinesAsync(folder.File("report.csv")));
    }
}
