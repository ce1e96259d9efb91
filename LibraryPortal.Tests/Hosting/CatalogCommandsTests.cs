using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Hosting;

/// <summary>Commands on the library's data, run as a person runs them.</summary>
public sealed class CatalogCommandsTests
{
    [Fact]
    public async Task Import_ReportsAndEndsWithZero_ASecondRunFindsNothingNew()
    {
        using var data = new TemporaryDirectory();
        await File.WriteAllTextAsync(data.File("books.csv"), "title,authors,isbn\nEmma,Jane Austen,141439580\n,nobody,\n");

        var rehearsal = await RunAsync(data, "import", "catalog", data.File("books.csv"), "--dry-run");
        var first = await RunAsync(data, "import", "catalog", data.File("books.csv"), "--report", data.File("report.csv"));
        var second = await RunAsync(data, "import", "catalog", data.File("books.csv"));

        Assert.Contains("rehearsal: nothing was changed", rehearsal.Output, StringComparison.Ordinal);
        Assert.Contains("1 added, with 1 copies", first.Output, StringComparison.Ordinal);
        Assert.Contains("row 3: the title cell is empty", first.Output, StringComparison.Ordinal);
        Assert.Contains("0 added, with 0 copies", second.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (rehearsal.ExitCode, first.ExitCode, second.ExitCode));
        Assert.Equal(3, (await File.ReadAllLinesAsync(data.File("report.csv"))).Length);
    }

    [Fact]
    public async Task Import_OfSomethingElse_SaysSoInOneSentenceAndFails()
    {
        using var data = new TemporaryDirectory();
        await File.WriteAllTextAsync(data.File("letter.csv"), "Dear library,\nI have a question.\n");

        var wrongFile = await RunAsync(data, "import", "catalog", data.File("letter.csv"));
        var wrongEncoding = await RunAsync(data, "import", "catalog", data.File("letter.csv"), "--encoding", "klingon");

        Assert.Equal((1, 2), (wrongFile.ExitCode, wrongEncoding.ExitCode));
        Assert.Equal($"{data.File("letter.csv")} has no column called 'title', so it is not a list of books; its first row is: Dear library, . Nothing was changed.", wrongFile.Output.Trim());
        Assert.StartsWith("--encoding is 'klingon'; expected", wrongEncoding.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_OnAFileThatIsNoDatabase_SaysSoWithoutAStackTrace()
    {
        using var data = new TemporaryDirectory();
        await File.WriteAllTextAsync(data.File("library.db"), new string('x', 4096));

        var (exitCode, output) = await RunAsync(data, "bench", "search");

        Assert.Equal(2, exitCode);
        Assert.Contains("file is not a database", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_OnAServerOfAnotherLanguage_SpeaksEnglishInItsNumbersToo()
    {
        using var data = new TemporaryDirectory();

        var (exitCode, output) = await PortalProcess.RunWithAsync(("LC_ALL", "de_DE.UTF-8"), "catalog", "synthesize", "--titles", "1200", "--out", data.File("books.csv"));

        Assert.Equal((0, $"1,200 books in {data.File("books.csv")}"), (exitCode, output.Trim()));
    }

    static Task<(int ExitCode, string Output)> RunAsync(TemporaryDirectory data, params string[] arguments) =>
        PortalProcess.RunAsync([.. arguments, "--DataDirectory", data.Path]);
}
