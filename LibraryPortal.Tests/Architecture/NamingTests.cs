using System.Text.RegularExpressions;

namespace LibraryPortal.Tests.Architecture;

/// <summary>Names that can be guessed: the same suffix for the same kind of thing, in the place where it is looked for.</summary>
public sealed partial class NamingTests
{
    [Fact]
    public void RoutablePage_IsCalledPage()
    {
        var broken = from file in SourceTree.Files("LibraryPortal", ".razor")
                     where SourceTree.Relative(file).StartsWith("LibraryPortal/Features/", StringComparison.Ordinal)
                     where File.ReadLines(file).Any(line => line.StartsWith("@page ", StringComparison.Ordinal))
                     where !file.EndsWith("Page.razor", StringComparison.Ordinal)
                     select SourceTree.Relative(file);
        Broken.AssertNone(broken, "A component with a route in a slice ends in Page.");
    }

    [Fact]
    public void Type_IsNotCalledManagerHelperOrUtil()
    {
        var broken = from type in typeof(Program).Assembly.GetTypes()
                     where type.FullName!.StartsWith("LibraryPortal.", StringComparison.Ordinal) && VagueName().IsMatch(type.Name)
                     select type.FullName;
        Broken.AssertNone(broken, "An actor is named by what it does, a use case by verb and noun.");
    }

    [Fact]
    public void JobHandler_LivesInAFileEndingInJob()
    {
        var broken = from type in typeof(Program).Assembly.GetTypes()
                     where type.IsDefined(typeof(LibraryPortal.Jobs.JobAttribute), inherit: false)
                     where !type.Name.EndsWith("Job", StringComparison.Ordinal)
                     select type.FullName;
        Broken.AssertNone(broken, "A job's handler ends in Job.");
    }

    [Fact]
    public void Namespace_FollowsTheFolder()
    {
        var broken = from folder in new[] { "LibraryPortal", "LibraryPortal.Tests" }
                     from file in SourceTree.Files(folder, ".cs")
                     let relative = SourceTree.Relative(file)
                     where !relative.Contains("/Migrations/", StringComparison.Ordinal)
                     let declared = NamespaceLine().Match(File.ReadAllText(file))
                     where declared.Success
                     let expected = Path.GetDirectoryName(relative)!.Replace('/', '.').Replace('\\', '.')
                     where declared.Groups["name"].Value != expected
                     select $"{relative}: {declared.Groups["name"].Value}";
        Broken.AssertNone(broken, "The file-scoped namespace equals the folder.");
    }

    [Fact]
    public void LuaScript_StatesItsContract()
    {
        var broken = from file in SourceTree.Files("LibraryPortal/Jobs", ".lua")
                     let header = string.Join('\n', File.ReadLines(file).TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal)))
                     where !header.Contains("KEYS", StringComparison.Ordinal) || !header.Contains("ARGV", StringComparison.Ordinal)
                         || !header.Contains("eturns", StringComparison.Ordinal)
                     select SourceTree.Relative(file);
        Broken.AssertNone(broken, "A script's header lists keys, arguments and what it returns.");
    }

    [GeneratedRegex(@"(Manager|Helper|Helpers|Util|Utils)(`\d+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamespaceLine();
}
