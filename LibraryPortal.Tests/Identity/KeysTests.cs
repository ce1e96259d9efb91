using System.Text.RegularExpressions;
using LibraryPortal.Identity.Keys;
using LibraryPortal.Tests.Architecture;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Identity;

public sealed partial class KeysTests
{
    [Fact]
    public void SigningKey_AtTheFirstStart_IsMadeForThisAccountOnlyAndKept()
    {
        using var data = new TemporaryDirectory();
        var keys = data.File("keys");
        PrivateDirectory.Ensure(keys);
        var first = JwtSigningKey.LoadOrCreate(keys);
        var second = JwtSigningKey.LoadOrCreate(keys);
        Assert.Equal(first.Secret, second.Secret);
        Assert.True(first.Secret.Length >= 32);
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(keys));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(keys))));
    }

    [Fact]
    public async Task SigningKey_MadeByManyAtOnce_IsOne()
    {
        using var data = new TemporaryDirectory();
        using var start = new ManualResetEventSlim();
        var makers = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            start.Wait();
            return Convert.ToHexString(JwtSigningKey.LoadOrCreate(data.Path).Secret);
        })).ToList();
        start.Set();
        Assert.Single((await Task.WhenAll(makers)).Distinct(StringComparer.Ordinal));
        Assert.Single(Directory.GetFiles(data.Path));
    }

    [Fact]
    public async Task Cookie_FromBeforeARestart_StillSignsIn()
    {
        using var data = new TemporaryDirectory();
        string cookie;
        await using (var before = new PortalApp().With("DataDirectory", data.Path))
        {
            await before.InitializeAsync();
            await before.CreateUserAsync("stayer");
            using var browser = before.CreateBrowser();
            using var response = await browser.SubmitAsync("/account/sign-in", new() { ["Input.Login"] = "stayer", ["Input.Password"] = PortalApp.Password });
            cookie = response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("LibraryPortal=", StringComparison.Ordinal)).Split(';')[0];
        }

        await using var after = new PortalApp().With("DataDirectory", data.Path);
        await after.InitializeAsync();
        using var client = after.CreateClient();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var page = await client.GetAsync("/account/manage");
        Assert.Equal(System.Net.HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public void Repository_HoldsNoSecret()
    {
        var found = from folder in new[] { "LibraryPortal", "LibraryPortal.Tests" }
                    from extension in new[] { ".cs", ".json", ".razor" }
                    from file in SourceTree.Files(folder, extension)
                    where Secret().IsMatch(File.ReadAllText(file))
                    select SourceTree.Relative(file);
        Assert.Empty(found);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "LibraryPortal"), "jwt.key", SearchOption.TopDirectoryOnly));
    }

    // Whole tokens, private keys, and passwords or keys in settings files.
    [GeneratedRegex(@"eyJhbGciOi[\w-]{10,}\.[\w-]{10,}\.|-----BEGIN [A-Z ]*PRIVATE KEY|""(Password|Secret|SigningKey|ApiKey)""\s*:\s*""[^""]+""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Secret();
}
