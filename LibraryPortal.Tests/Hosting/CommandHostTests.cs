using LibraryPortal.Hosting;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Hosting;

public sealed class CommandHostTests
{
    [Fact]
    public async Task PlaceFile_AfterDotnetRunMovedToTheProject_IsWhereTheShellStands()
    {
        using var project = new TemporaryDirectory();
        using var shell = new TemporaryDirectory();

        Assert.Equal(project.File("report.csv"), CommandHost.PlaceFile("report.csv", project.Path, shell.Path));
        await File.WriteAllTextAsync(project.File("LibraryPortal.csproj"), "");
        Assert.Equal(shell.File("report.csv"), CommandHost.PlaceFile("report.csv", project.Path, shell.Path));
        Assert.Equal(project.File("report.csv"), CommandHost.PlaceFile("report.csv", project.Path, null));
        Assert.Equal(shell.File("report.csv"), CommandHost.PlaceFile(shell.File("report.csv"), project.Path, null));
    }
}
