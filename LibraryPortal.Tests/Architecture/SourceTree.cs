using System.Runtime.CompilerServices;

namespace LibraryPortal.Tests.Architecture;

/// <summary>The repository's files, for rules about names and places.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>Files below a folder of the repository that end so, build output and generated migrations left out.</summary>
    public static IEnumerable<string> Files(string folder, string ending) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*" + ending, SearchOption.AllDirectories)
            .Where(file => !Parts(file).Any(part => part is "bin" or "obj" or "App_Data" or "TestResults"));

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    static string[] Parts(string file) => Relative(file).Split('/');

    static string ThisFile([CallerFilePath] string path = "") => path;
}
