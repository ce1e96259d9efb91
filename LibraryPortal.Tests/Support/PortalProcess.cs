using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LibraryPortal.Tests.Architecture;

namespace LibraryPortal.Tests.Support;

/// <summary>The built program as a process of its own, for what only real processes show: roles side by side, kill -9, restarts.</summary>
internal sealed partial class PortalProcess : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    readonly Process _process;
    readonly List<string> _log = [];
    readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    PortalProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => _ended.TrySetResult();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _address.Task.IsCompletedSuccessfully
        ? _address.Task.GetAwaiter().GetResult()
        : throw new InvalidOperationException("It does not listen yet.");

    public int Id => _process.Id;

    /// <summary>What it has printed so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log);
        }
    }

    /// <summary>Starts the program and returns once it listens.</summary>
    /// <param name="command"><c>web</c>, <c>worker</c>, or empty for both in one.</param>
    /// <param name="dataDirectory">Where it keeps its files.</param>
    /// <param name="settings">Further settings, such as <c>("ConnectionStrings:Redis", "127.0.0.1:6379")</c>.</param>
    public static Task<PortalProcess> StartAsync(string command, string dataDirectory, params (string Key, string Value)[] settings) =>
        StartInAsync(Path.Combine(SourceTree.Root, "LibraryPortal"), command, dataDirectory, settings);

    /// <inheritdoc cref="StartAsync"/>
    /// <param name="folder">Where whoever starts it stands.</param>
    public static async Task<PortalProcess> StartInAsync(string folder, string command, string dataDirectory, params (string Key, string Value)[] settings)
    {
        var portal = Launch(folder, [.. command.Length == 0 ? [] : new[] { command }, "--urls", "http://127.0.0.1:0", "--DataDirectory", dataDirectory,
            .. settings.SelectMany(setting => new[] { $"--{setting.Key}", setting.Value })]);
        var first = await Task.WhenAny(portal._address.Task, portal._ended.Task).WaitAsync(StartTimeout);
        if (first == portal._address.Task)
            return portal;
        var log = portal.Log;
        await portal.DisposeAsync();
        throw new InvalidOperationException($"The program ended before it listened:\n{log}");
    }

    /// <summary>Starts a command.</summary>
    public static PortalProcess Begin(params string[] arguments) => Launch(Path.Combine(SourceTree.Root, "LibraryPortal"), arguments);

    /// <summary>Runs a command that ends by itself.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => RunToEndAsync(Begin(arguments));

    /// <summary>Runs a command that ends by itself.</summary>
    /// <param name="variable">Set in its environment.</param>
    public static Task<(int ExitCode, string Output)> RunWithAsync((string Name, string Value) variable, params string[] arguments) =>
        RunToEndAsync(Launch(Path.Combine(SourceTree.Root, "LibraryPortal"), arguments, variable));

    static async Task<(int ExitCode, string Output)> RunToEndAsync(PortalProcess running)
    {
        await using var portal = running;
        await portal._process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        return (portal._process.ExitCode, portal.Log);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and wait until it has ended.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("-TERM");
        await _process.WaitForExitAsync().WaitAsync(StartTimeout);
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: it keeps its connections and does nothing.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    static PortalProcess Launch(string folder, IEnumerable<string> arguments, (string Name, string Value)? variable = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(BuiltProgram());
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        if (variable is var (name, value))
            start.Environment[name] = value;
        ToBeKilled.Prepare(start);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var portal = new PortalProcess(process);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return portal;
    }

    // The program's own output folder: beside the tests' copy its static files would be missing.
    static string BuiltProgram() => Path.Combine(
        AppContext.BaseDirectory.Replace("LibraryPortal.Tests", "LibraryPortal", StringComparison.Ordinal), "LibraryPortal.dll");

    void Read(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.Add(line);
        if (Listening().Match(line) is { Success: true } match)
            _address.TrySetResult(new Uri(match.Groups["url"].Value));
    }

    [GeneratedRegex(@"Now listening on: (?<url>http://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
