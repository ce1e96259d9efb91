using System.Security.Cryptography;

namespace LibraryPortal.Features.Reports;

/// <summary>A report being written. Nobody sees it before <see cref="CompleteAsync"/> gave it its final name.</summary>
internal sealed class ReportDraft : IAsyncDisposable
{
    readonly string _temporary;
    readonly string _final;
    readonly FileStream _file;
    readonly SHA256 _hash = SHA256.Create();
    readonly CryptoStream _hashed;
    bool _completed;

    public ReportDraft(string temporary, string final)
    {
        (_temporary, _final) = (temporary, final);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(temporary, options);
        _hashed = new CryptoStream(_file, _hash, CryptoStreamMode.Write, leaveOpen: true);
    }

    /// <summary>Where the report is written to.</summary>
    public Stream Stream => _hashed;

    /// <summary>Puts the file safely on disk and gives it its final name.</summary>
    public async Task<ReportReceipt> CompleteAsync(CancellationToken cancellationToken)
    {
        await _hashed.FlushFinalBlockAsync(cancellationToken);
        var size = _file.Length;
        await _file.FlushAsync(cancellationToken);
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        File.Move(_temporary, _final);
        _completed = true;
        return new ReportReceipt(Path.GetFileName(_final), size, Convert.ToHexStringLower(_hash.Hash!));
    }

    public async ValueTask DisposeAsync()
    {
        // What is left unfinished is flushed into the file, so the file is closed after it.
        await _hashed.DisposeAsync();
        await _file.DisposeAsync();
        _hash.Dispose();
        if (!_completed)
            File.Delete(_temporary);
    }
}

/// <param name="StoredName">Its name in the folder of reports.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
internal sealed record ReportReceipt(string StoredName, long Size, string Sha256);
