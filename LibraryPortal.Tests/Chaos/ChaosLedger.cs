using System.Globalization;
using System.Text;

namespace LibraryPortal.Tests.Chaos;

/// <summary>What one process did, line by line in a file of its own, each line out of the process before the next: a kill loses none.</summary>
internal sealed class ChaosLedger : IDisposable
{
    readonly FileStream _file;
    readonly Lock _gate = new();

    public ChaosLedger(string folder) =>
        _file = new FileStream(Path.Combine(folder, $"{Environment.ProcessId}.log"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Write<T>(string what, T subject)
    {
        var line = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{what} {subject} {TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}\n"));
        lock (_gate)
            _file.Write(line);
    }

    /// <summary>All lines of all processes.</summary>
    public static List<ChaosLine> Read(string folder)
    {
        List<ChaosLine> lines = [];
        foreach (var path in Directory.GetFiles(folder, "*.log"))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            var text = reader.ReadToEnd();
            var pid = int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);
            // What follows the last line break is still being written.
            foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var words = line.Split(' ');
                lines.Add(new ChaosLine(pid, words[0], words[1], long.Parse(words[2], CultureInfo.InvariantCulture)));
            }
        }

        return lines;
    }

    public void Dispose() => _file.Dispose();
}

/// <param name="Pid">The process.</param>
/// <param name="What">prepared, accepted, start or end.</param>
/// <param name="Subject">The job's number; for what was accepted, its id.</param>
/// <param name="At">In ms since 1970.</param>
internal readonly record struct ChaosLine(int Pid, string What, string Subject, long At)
{
    /// <summary>Written before a job is handed to the store the first time.</summary>
    public const string Prepared = "prepared";

    /// <summary>Written as a run begins.</summary>
    public const string Start = "start";

    /// <summary>Written as a run ends by itself.</summary>
    public const string End = "end";
}
