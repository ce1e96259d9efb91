namespace LibraryPortal.Data.Migrations;

/// <summary>Keeps two processes from migrating one database at once. It is a lock of the operating system on a file beside the database, so that it ends with
/// its process, however that ends.</summary>
internal sealed class UpgradeLock : IDisposable
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    readonly FileStream _file;

    UpgradeLock(FileStream file) => _file = file;

    /// <summary>Waits for as long as another process holds it.</summary>
    /// <param name="waiting">Called once, when there is something to wait for.</param>
    public static async Task<UpgradeLock> TakeAsync(string database, TimeProvider clock, Action waiting, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                return new UpgradeLock(new FileStream(database + ".upgrade-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (isFirst)
                    waiting();
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
