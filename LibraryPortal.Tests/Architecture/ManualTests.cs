using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using LibraryPortal.Hosting.JobCommands;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Tests.Architecture;

/// <summary>The engine's manuals name what there is, and the tests they name are there.</summary>
public sealed partial class ManualTests
{
    const string Engine = "LibraryPortal/Jobs/README.md";
    const string Schedules = "LibraryPortal/Jobs/Schedules/README.md";
    const string Redis = "LibraryPortal/Jobs/Stores/Redis/README.md";

    static readonly Type[] Tests = typeof(ManualTests).Assembly.GetTypes();

    [Theory]
    [InlineData(Engine)]
    [InlineData(Schedules)]
    [InlineData(Redis)]
    [InlineData("docs/chaos.md")]
    public void EveryTestThatIsNamed_IsThere(string manual)
    {
        var text = Read(manual);
        var methods = Tests.SelectMany(type => type.GetMethods()).Select(method => method.Name).ToHashSet(StringComparer.Ordinal);
        var files = SourceTree.Files("LibraryPortal.Tests", ".cs").Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        var types = Tests.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);

        var unknown = TestMethod().Matches(text).Select(match => match.Groups["name"].Value).Where(name => !methods.Contains(name));
        // The part of a suite that has a file of its own is named as that file.
        var unknownTypes = from match in TestType().Matches(text)
                           let type = match.Groups["type"].Value
                           let member = match.Groups["member"].Value
                           where !types.Contains(type) || (member.Length > 0 && !methods.Contains(member) && !files.Contains($"{type}.{member}"))
                           select match.Value;
        Broken.AssertNone(unknown.Concat(unknownTypes), $"Every test that {manual} names is there.");
    }

    [Fact]
    public void EveryOptionAndSetting_IsInTheManual()
    {
        var perCall = typeof(JobOptions).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName).Select(method => method.Name);
        var options = Rows(Engine, "Options").ToList();
        // Each in the table it belongs to: other tables have settings of the same names.
        var missing = Missing("Options, per call", perCall, options.Select(row => row[0]))
            .Concat(Missing("Options, per type", Properties(typeof(JobAttribute)).Where(name => name != nameof(JobAttribute.Name)), options.Select(row => row[1] == "same" ? row[0] : row[1])))
            .Concat(Missing("Settings", Properties(typeof(JobsOptions)).Append("RedisPrefix").Append("Diagnostics"), Rows(Engine, "Settings").Select(row => row[0])))
            .Concat(Missing("History", Properties(typeof(HistoryOptions)), Rows(Engine, "History").Select(row => row[0])));
        Broken.AssertNone(missing, $"Every option and setting stands in its table of {Engine}.");
        Assert.All([nameof(SchedulerOptions.MissedAfter), nameof(SchedulerOptions.PollInterval)], name => Assert.Contains($"`{SchedulerOptions.Section}:{name}`", Read(Schedules), StringComparison.Ordinal));
    }

    [Fact]
    public void EveryLogId_IsInTheManual_AndNoOther()
    {
        var logged = from type in typeof(JobsOptions).Assembly.GetTypes()
                     where type.Namespace?.StartsWith("LibraryPortal.Jobs", StringComparison.Ordinal) == true
                     from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
                     from message in method.GetCustomAttributes<LoggerMessageAttribute>()
                     select message.EventId;
        var told = Read(Engine).Split("### Log ids")[1].Split('\n').Where(line => LogRow().IsMatch(line)).SelectMany(line => line.Split('|')[1].Split(','));

        Assert.Equal(logged.Order(), told.Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public void EveryScriptAndKeyOfRedis_IsInItsManual()
    {
        var manual = Read(Redis);
        var scripts = SourceTree.Files("LibraryPortal/Jobs/Stores/Redis/Scripts", ".lua").Where(file => !Path.GetFileName(file).StartsWith('_')).ToList();
        var keys = scripts.SelectMany(File.ReadLines).Where(line => line.StartsWith("-- KEYS ", StringComparison.Ordinal)).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..]).Distinct();

        Assert.NotEmpty(scripts);
        Broken.AssertNone(scripts.Select(file => Path.GetFileNameWithoutExtension(file)).Where(script => !IsCode(manual, script)), $"Every script stands in {Redis}.");
        Broken.AssertNone(keys.Where(key => !manual.Contains(key.EndsWith(':') ? $"`{key}" : $"`{key}`", StringComparison.Ordinal)), $"Every key stands in {Redis}.");
    }

    [Fact]
    public void EveryInstrument_IsInTheManual_AndNoOther()
    {
        var measured = SourceTree.Files("LibraryPortal/Jobs", ".cs").SelectMany(file => Instrument().Matches(File.ReadAllText(file))).Select(match => match.Value.Trim('"'));
        var told = Rows(Engine, "Watch it").SelectMany(row => Code().Matches(row[0])).Select(match => match.Value.Trim('`')).Where(name => name.StartsWith("jobs.", StringComparison.Ordinal));

        Assert.Equal(measured.Distinct().Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryCommand_AndItsOptions_AreInTheManual()
    {
        var rows = Rows(Engine, "Operate").Select(row => Words(row[0])).ToList();
        Command[] roots = [JobsCommand.Create([]), WorkersCommand.Create([]), SchedulesCommand.Create([]), LimitsCommand.Create([]), FlowsCommand.Create([])];

        var missing = from root in roots
                      from command in root.Subcommands.Append(root)
                      let told = rows.Where(row => row.Contains(root.Name) && row.Contains(command.Name)).ToList()
                      from word in command.Options.Where(option => !option.Hidden && !option.Recursive && option.Name != "--json").Select(option => option.Name).Prepend(command.Name)
                      where !told.Exists(row => row.Contains(word) || (word != command.Name && row.Contains("…")))
                      select root == command ? $"{root.Name} {word}" : $"{root.Name} {command.Name} {word}";
        Broken.AssertNone(missing, $"Every command and each of its options stand in {Engine}.");

        static HashSet<string> Words(string cell) => [.. Code().Matches(cell).SelectMany(code => CommandWord().Matches(code.Value)).Select(word => word.Value)];
    }

    static IEnumerable<string> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(property => property.Name);

    static IEnumerable<string> Missing(string table, IEnumerable<string> names, IEnumerable<string> cells)
    {
        var told = cells.SelectMany(cell => Code().Matches(cell)).Select(code => FirstWord().Match(code.Value).Value).ToHashSet(StringComparer.Ordinal);
        return names.Where(name => !told.Contains(name)).Select(name => $"{table}: {name}");
    }

    // The cells of each row of the tables of a section.
    static IEnumerable<string[]> Rows(string manual, string section) =>
        Read(manual).Split($"\n## {section}\n")[1].Split("\n## ")[0].Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    static string Read(string manual) => File.ReadAllText(Path.Combine(SourceTree.Root, manual));

    static bool IsCode(string manual, string word) => Code().Matches(manual).Any(code => Regex.IsMatch(code.Value, $@"(?<![\w.]){Regex.Escape(word)}\b", RegexOptions.None, TimeSpan.FromSeconds(1)));

    [GeneratedRegex("`(?:[A-Za-z]+\\.)?(?<name>(?=\\w*[a-z])[A-Z][A-Za-z0-9]*_\\w+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TestMethod();

    [GeneratedRegex("`(?<type>[A-Z][A-Za-z]*Tests)(\\.(?<member>\\w+))?`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TestType();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Code();

    [GeneratedRegex("[A-Za-z]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex FirstWord();

    [GeneratedRegex("\"jobs\\.[a-z.]+\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Instrument();

    [GeneratedRegex("--[a-z-]+|[a-z]+|(?<= )…", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex CommandWord();

    [GeneratedRegex(@"^\| \d{4}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LogRow();
}
