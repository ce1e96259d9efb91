using System.Security.Cryptography;
using LibraryPortal.Collection;
using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>The folder of uploaded covers. A file is named by the hash of what is in it, so it never changes and the same picture is kept once.</summary>
internal sealed class CoverFiles : ITitleFiles
{
    readonly string _directory;

    public CoverFiles(string directory)
    {
        _directory = directory;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Keeps a picture. Whoever reads meanwhile sees all of it or nothing.</summary>
    public async Task<CoverImage> SaveAsync(CleanPicture picture, CancellationToken cancellationToken)
    {
        var file = Convert.ToHexStringLower(SHA256.HashData(picture.Bytes)) + picture.Format.Extension();
        var path = Path.Combine(_directory, file);
        if (!File.Exists(path))
        {
            var draft = $"{path}.{Guid.NewGuid():N}.part";
            await File.WriteAllBytesAsync(draft, picture.Bytes, cancellationToken);
            File.Move(draft, path, overwrite: true);
        }

        return new CoverImage(file, picture.Width, picture.Height);
    }

    /// <summary>The path of a file; null when there is none of this name.</summary>
    public string? Find(string file)
    {
        if (PictureFormats.ContentTypeOf(file) is null || !Path.GetFileNameWithoutExtension(file).All(char.IsAsciiHexDigitLower))
            return null;
        var path = Path.Combine(_directory, file);
        return File.Exists(path) ? path : null;
    }

    public void Delete(string file) => File.Delete(Path.Combine(_directory, Path.GetFileName(file)));
}
