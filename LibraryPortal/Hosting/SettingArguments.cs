namespace LibraryPortal.Hosting;

/// <summary>Tells settings from commands on the command line.</summary>
internal static class SettingArguments
{
    static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "urls", "environment", "contentRoot", "applicationName", "webRoot", "DataDirectory", "PublicUrl", "AllowedHosts",
    };

    /// <summary>A setting is <c>--Name=value</c> or <c>--Name value</c> where the name is a known one or has a colon, or two underscores in its place
    /// as environment variables have.</summary>
    public static (string[] Commands, string[] Settings) Split(string[] args)
    {
        List<string> commands = [], settings = [];
        for (var i = 0; i < args.Length; i++)
        {
            // Whoever hands over a whole configuration as arguments also hands over the headings of its sections, which say nothing.
            if (args[i].StartsWith("--", StringComparison.Ordinal) && args[i].EndsWith('='))
                continue;

            var (name, rest) = Name(args[i]);
            if (!Known.Contains(name) && !name.Contains(':', StringComparison.Ordinal))
            {
                commands.Add(args[i]);
                continue;
            }

            settings.Add($"--{name}{rest}");
            if (rest.Length == 0 && i + 1 < args.Length)
                settings.Add(args[++i]);
        }

        return ([.. commands], [.. settings]);
    }

    // The name as configuration has it, and "=value" where that stands in the same argument.
    static (string Name, string Value) Name(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal))
            return ("", "");
        var end = argument.IndexOf('=', StringComparison.Ordinal);
        var name = end < 0 ? argument[2..] : argument[2..end];
        return (name.Replace("__", ":", StringComparison.Ordinal), end < 0 ? "" : argument[end..]);
    }
}
