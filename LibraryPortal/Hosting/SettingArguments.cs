namespace LibraryPortal.Hosting;

/// <summary>Tells settings from commands on the command line.</summary>
internal static class SettingArguments
{
    static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "urls", "environment", "contentRoot", "applicationName", "webRoot", "DataDirectory",
    };

    /// <summary>A setting is <c>--Name=value</c> or <c>--Name value</c> where the name is a known one or has a colon.</summary>
    public static (string[] Commands, string[] Settings) Split(string[] args)
    {
        List<string> commands = [], settings = [];
        for (var i = 0; i < args.Length; i++)
        {
            // Whoever hands over a whole configuration as arguments also hands over the headings of its sections, which say nothing.
            if (args[i].StartsWith("--", StringComparison.Ordinal) && args[i].EndsWith('='))
                continue;

            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..].Split('=', 2)[0] : "";
            if (!Known.Contains(name) && !name.Contains(':', StringComparison.Ordinal))
            {
                commands.Add(args[i]);
                continue;
            }

            settings.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Length)
                settings.Add(args[++i]);
        }

        return ([.. commands], [.. settings]);
    }
}
