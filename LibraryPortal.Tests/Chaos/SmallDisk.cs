using System.Diagnostics;

namespace LibraryPortal.Tests.Chaos;

/// <summary>A file system of a few megabytes in memory.</summary>
internal sealed class SmallDisk(string path) : IAsyncDisposable
{
    public string Path { get; } = path;

    string Filler => System.IO.Path.Combine(Path, "filler");

    /// <returns>Null where only an administrator may mount one.</returns>
    public static async Task<SmallDisk?> MountAsync()
    {
        var path = Directory.CreateTempSubdirectory("libraryportal-disk-").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", path))
            return new SmallDisk(path);
        Directory.Delete(path);
        return null;
    }

    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4_096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        // Its user may hold files open for a moment yet.
        await RunAsync("umount", "-l", Path);
        Directory.Delete(Path);
    }

    static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
