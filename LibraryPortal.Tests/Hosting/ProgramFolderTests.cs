using System.Text.RegularExpressions;
using LibraryPortal.Hosting;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Hosting;

public sealed class ProgramFolderTests
{
    [Fact]
    public async Task StartedFromAnywhere_HasItsStylesAndSettings()
    {
        using var elsewhere = new TemporaryDirectory();
        using var data = new TemporaryDirectory();
        await using var portal = await PortalProcess.StartInAsync(elsewhere.Path, "", data.Path);

        using var client = new HttpClient { BaseAddress = portal.Address };
        var page = await client.GetStringAsync("/");
        var sheet = Regex.Match(page, "(?<=href=\")app[^\"]*css", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Value;
        Assert.Contains("@layer", await client.GetStringAsync(sheet), StringComparison.Ordinal);
        // The settings file keeps each statement of the database out of the log.
        Assert.DoesNotContain("Executed DbCommand", portal.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContentRoot_IsWhereOneStandsIfTheSettingsFileIsThere()
    {
        using var here = new TemporaryDirectory();
        Assert.Equal("/program", ProgramFolder.ContentRoot(here.Path, "/program"));
        await File.WriteAllTextAsync(here.File("appsettings.json"), "{}");
        Assert.Equal(here.Path, ProgramFolder.ContentRoot(here.Path, "/program"));
    }

    [Fact]
    public void Setting_YieldsToAChosenFolder() => Assert.Empty(ProgramFolder.Setting(["--contentRoot=/chosen"]));
}
