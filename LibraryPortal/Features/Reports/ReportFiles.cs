using LibraryPortal.Identity.Accounts;

namespace LibraryPortal.Features.Reports;

/// <summary>The folder of finished reports. Only this program's account may read it; every run writes a file of its own.</summary>
internal sealed class ReportFiles : IAccountFiles
{
    const string Temporary = ".part";
    readonly string _directory;

    public ReportFiles(string directory)
    {
        _directory = directory;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Begins a file; it is removed on disposal unless it was completed.</summary>
    /// <param name="extension">With its dot.</param>
    public ReportDraft Begin(Guid exportId, string extension)
    {
        var name = $"{exportId:N}-{Guid.NewGuid():N}{extension}";
        return new ReportDraft(PathOf(name) + Temporary, PathOf(name));
    }

    /// <summary>Opens a finished file; null when it is no longer there.</summary>
    public FileStream? Open(string storedName)
    {
        try
        {
            return new FileStream(PathOf(storedName), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(string storedName) => File.Delete(PathOf(storedName));

    /// <summary>Removes the finished files of an export that other runs left behind: the one that was recorded counts. A run that comes to record another finds it gone, and is
    /// told that it is too late. Drafts stay, because somebody may still write them; those of killed runs go by their age.</summary>
    public void KeepOnly(Guid exportId, string storedName)
    {
        foreach (var path in Directory.EnumerateFiles(_directory, $"{exportId:N}-*"))
        {
            if (Path.GetFileName(path) != storedName && Path.GetExtension(path) != Temporary)
                File.Delete(path);
        }
    }

    /// <summary>The names of all files, drafts included, last written before a moment.</summary>
    public IReadOnlyList<string> WrittenBefore(DateTimeOffset moment) =>
        [.. new DirectoryInfo(_directory).EnumerateFiles().Where(file => file.LastWriteTimeUtc < moment.UtcDateTime).Select(file => file.Name)];

    string PathOf(string storedName) => Path.Combine(_directory, Path.GetFileName(storedName));
}
