using System.Globalization;

namespace LibraryPortal.Features.Import;

/// <summary>The folder of uploaded files, of the findings on them and of what a check remembers. Only this program's account may read it.</summary>
internal sealed class ImportFiles
{
    readonly string _directory;

    public ImportFiles(string directory)
    {
        _directory = directory;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A name nobody can guess, for a new upload.</summary>
    public static string NewName() => $"{Guid.NewGuid():N}.upload";

    public string PathOf(string storedName) => Path.Combine(_directory, Path.GetFileName(storedName));

    /// <summary>What was found in the file, by its check or its import.</summary>
    public string Findings(int importId) => Path.Combine(_directory, $"{importId}.findings");

    /// <summary>What an undo had to leave.</summary>
    public string Kept(int importId) => Path.Combine(_directory, $"{importId}.kept");

    /// <summary>The memory of a check. Each run has its own, so that two never meet.</summary>
    public string Memory() => Path.Combine(_directory, $"{Guid.NewGuid():N}.memory");

    /// <summary>A file for the length of one run.</summary>
    public string Temporary() => Path.Combine(_directory, $"{Guid.NewGuid():N}.part");

    /// <summary>The imports of whose files something found, or left by an undo, is here.</summary>
    public IReadOnlyList<int> WithFindings() => [.. new DirectoryInfo(_directory).EnumerateFiles()
        .Where(file => file.Extension is ".findings" or ".kept")
        .Select(file => int.TryParse(Path.GetFileNameWithoutExtension(file.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0).Distinct()];

    public void DeleteFindings(int importId)
    {
        File.Delete(Findings(importId));
        File.Delete(Kept(importId));
    }

    public void Delete(string? storedName)
    {
        if (storedName is not null)
            File.Delete(PathOf(storedName));
    }

    /// <summary>What runs that were killed left behind, last written before a moment.</summary>
    public int RemoveLeftovers(DateTimeOffset before)
    {
        var left = new DirectoryInfo(_directory).EnumerateFiles()
            .Where(file => file.Extension is ".memory" or ".part" && file.LastWriteTimeUtc < before.UtcDateTime).ToList();
        left.ForEach(file => file.Delete());
        return left.Count;
    }
}
