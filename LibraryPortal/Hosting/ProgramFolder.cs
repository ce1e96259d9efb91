namespace LibraryPortal.Hosting;

/// <summary>Where the program's settings file, styles and, unless told otherwise, data lie.</summary>
internal static class ProgramFolder
{
    const string SettingsFile = "appsettings.json";

    /// <summary>The setting that puts <see cref="ContentRoot"/> into force.</summary>
    /// <returns>Nothing when whoever started the program chose a folder.</returns>
    public static string[] Setting(string[] settings) =>
        settings.Any(setting => setting.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase))
        || Environment.GetEnvironmentVariable("ASPNETCORE_CONTENTROOT") is { Length: > 0 } || Environment.GetEnvironmentVariable("DOTNET_CONTENTROOT") is { Length: > 0 }
            ? []
            : [$"--contentRoot={ContentRoot(Environment.CurrentDirectory, AppContext.BaseDirectory)}"];

    /// <summary>The folder one stands in when the settings file is there, as with <c>dotnet run</c>; else the program's own, so that a service or a scheduler
    /// may start it from anywhere.</summary>
    public static string ContentRoot(string current, string program) => File.Exists(Path.Combine(current, SettingsFile)) ? current : program;
}
