namespace LibraryPortal.Identity.Keys;

/// <summary>The folder of the portal's secrets, readable by its own account only.</summary>
internal static class KeyDirectory
{
    /// <summary>How a file with a secret is made: new, for this account only.</summary>
    public static FileStreamOptions PrivateFile
    {
        get
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return options;
        }
    }

    /// <summary>Makes the folder, or takes others' rights from one that is there.</summary>
    public static void Ensure(string path)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
