using System.Globalization;
using System.Text;

namespace LibraryPortal.Features.Import.Findings;

/// <summary>Adds findings to a file, one line each. What was written beyond a known length, by a run that was killed, is dropped first.</summary>
internal sealed class FindingWriter : IAsyncDisposable
{
    readonly FileStream _file;
    readonly StringBuilder _line = new();

    /// <param name="length">Bytes to keep; 0 begins anew.</param>
    public FindingWriter(string path, long length)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(path, options);
        _file.SetLength(Math.Min(length, _file.Length));
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Bytes of all findings that are on disk.</summary>
    public long Length => _file.Length;

    public async Task WriteAsync(IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        if (findings.Count == 0)
            return;
        _line.Clear();
        foreach (var finding in findings)
        {
            _line.Append(CultureInfo.InvariantCulture, $"{(char)('0' + (int)finding.Kind)}\t{finding.Row}\t");
            Plain(finding.Column).Append('\t');
            Plain(finding.Reason).Append('\t');
            Plain(finding.Detail).Append('\n');
        }

        await _file.WriteAsync(Encoding.UTF8.GetBytes(_line.ToString()), cancellationToken);
        await _file.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    // Tabs and line ends separate what stands in the file.
    StringBuilder Plain(string text)
    {
        foreach (var character in text)
            _line.Append(char.IsControl(character) ? ' ' : character);
        return _line;
    }
}
