using System.Text.RegularExpressions;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Hosting;

/// <summary>The commands for accounts, as processes beside a portal on the same data.</summary>
[Trait("Category", "Slow")]
public sealed partial class UserCommandsTests
{
    [Fact]
    public async Task CreateAdmin_WithNobodyToAsk_PrintsAPasswordThatSignsIn()
    {
        using var data = new TemporaryDirectory();
        var (code, output) = await PortalProcess.RunAsync("user", "create-admin", "--username", "boss", "--email", "boss@example.org", "--DataDirectory", data.Path);
        Assert.True(code == 0, output);
        var password = Printed().Match(output).Groups["password"].Value;

        await using var app = new PortalApp().With("DataDirectory", data.Path);
        await app.InitializeAsync();
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains("/setup?token=", StringComparison.Ordinal));
        using var boss = await app.CreateApiClientAsync("boss", password);

        var (resetCode, resetOutput) = await PortalProcess.RunAsync("user", "reset-password", "--username", "boss@example.org", "--DataDirectory", data.Path);
        Assert.True(resetCode == 0, resetOutput);
        using var old = await boss.GetAsync("/api/account");
        await old.ReadProblemAsync(System.Net.HttpStatusCode.Unauthorized);
        using var again = await app.CreateApiClientAsync("boss", Printed().Match(resetOutput).Groups["password"].Value);
    }

    [Fact]
    public async Task Command_ForAnAccountThatIsNotThere_SaysSoAndFails()
    {
        using var data = new TemporaryDirectory();
        var (code, output) = await PortalProcess.RunAsync("user", "set-role", "--username", "nobody", "--role", "Admin", "--DataDirectory", data.Path);
        Assert.Equal(1, code);
        Assert.Contains("There is no account 'nobody'.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAMailSettingThatCannotWork_StopsWithOneSentence()
    {
        using var data = new TemporaryDirectory();
        var (code, output) = await PortalProcess.RunAsync("--Mail:Smtp:Host", "mail.example.org", "--urls", "http://127.0.0.1:0", "--DataDirectory", data.Path);
        Assert.Equal(2, code);
        Assert.Contains("Mail:Smtp:From is ''", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"Password: (?<password>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Printed();
}
