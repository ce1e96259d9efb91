using LibraryPortal.Hosting;

namespace LibraryPortal.Tests.Hosting;

public sealed class SettingArgumentsTests
{
    [Theory]
    [InlineData("--ConnectionStrings:Redis", "localhost:6379")]
    [InlineData("--ConnectionStrings__Redis", "localhost:6379")]
    public void Split_WithASettingBesideACommand_TellsThemApart(string name, string value)
    {
        var (commands, settings) = SettingArguments.Split(["worker", name, value, "--urls=http://127.0.0.1:0"]);
        Assert.Equal(["worker"], commands);
        Assert.Equal(["--ConnectionStrings:Redis", value, "--urls=http://127.0.0.1:0"], settings);
    }

    [Fact]
    public void Split_WithTheValueInTheSameArgument_KeepsItWhole() =>
        Assert.Equal(["--ConnectionStrings:Redis=a=b__c"], SettingArguments.Split(["--ConnectionStrings__Redis=a=b__c"]).Settings);

    [Fact]
    public void Split_WithAnOptionOfACommand_LeavesItThere() =>
        Assert.Equal(["import", "catalog", "books.csv", "--dry-run"], SettingArguments.Split(["import", "catalog", "books.csv", "--dry-run"]).Commands);
}
