using System.Diagnostics;
using System.Globalization;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Chaos;

/// <summary>A <see cref="ChaosWorker"/> as a real process, to be killed and frozen.</summary>
internal sealed class ChaosProcess : IAsyncDisposable
{
    static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(120);

    readonly Process _process;
    readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<string> _log = [];

    ChaosProcess(Process process) => _process = process;

    public int Id { get; private set; }

    /// <summary>What it has printed so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log);
        }
    }

    public static async Task<ChaosProcess> StartAsync(IEnumerable<string> options)
    {
        var start = new ProcessStartInfo("sh") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // A file that may not grow is an error for it, as a full disk is, and not its end.
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("trap '' XFSZ; exec dotnet \"$@\"");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(typeof(ChaosProcess).Assembly.Location);
        start.ArgumentList.Add(ChaosWorker.Command);
        foreach (var option in options)
            start.ArgumentList.Add(option);
        ToBeKilled.Prepare(start);
        var process = new ChaosProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        process._process.OutputDataReceived += (_, line) => process.Read(line.Data);
        process._process.ErrorDataReceived += (_, line) => process.Read(line.Data);
        process._process.Exited += (_, _) => process._ready.TrySetException(new InvalidOperationException($"The worker ended:\n{process.Log}"));
        process._process.Start();
        process.Id = process._process.Id;
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        await process._ready.Task.WaitAsync(StartPatience);
        return process;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    /// <summary>Lets it write no file beyond so many bytes, or as much as it likes again.</summary>
    /// <param name="bytes">A number, or <c>unlimited</c>.</param>
    public async Task LimitFilesAsync(string bytes)
    {
        using var limit = Process.Start("prlimit", ["--pid", Id.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:unlimited"]);
        await limit.WaitForExitAsync();
        Assert.Equal(0, limit.ExitCode);
    }

    /// <summary>SIGTERM, and wait until it has ended.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("-TERM");
        await _process.WaitForExitAsync().WaitAsync(StartPatience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    void Read(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.Add(line);
        if (line == ChaosWorker.Ready)
            _ready.TrySetResult();
    }
}
