using System.Globalization;
using System.Text;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>The scripts of one store, put together from the embedded files.</summary>
/// <remarks>A script's header is binding: each name after <c>KEYS</c> becomes a key and a local <c>K_name</c>; each name after <c>Uses</c> is a file
/// put before it; what stands after <c>Flags</c> tells Redis what the script may do.</remarks>
internal sealed class RedisScripts
{
    readonly RedisKeys _keys;
    readonly string _limits;
    readonly string? _clock;

    public RedisScripts(RedisKeys keys, RedisStoreOptions options)
    {
        _keys = keys;
        _clock = options.Clock;
        _limits = string.Create(CultureInfo.InvariantCulture, $"local KEEP_SUCCEEDED, KEEP_DEAD, KEEP_FLOWS = {options.KeepSucceeded}, {options.KeepDead}, {options.KeepFlows}\n");
        Check = Load("check");
        Enqueue = Load("enqueue");
        Claim = Load("claim");
        Finish = Load("finish");
        Progress = Load("progress");
        Beat = Load("beat");
        Reap = Load("reap");
        Leave = Load("leave");
        Cancel = Load("cancel");
        Retry = Load("retry");
        Find = Load("find");
        List = Load("list");
        Count = Load("count");
        Workers = Load("workers");
        Queues = Load("queues");
        Prune = Load("prune");
        Unpark = Load("unpark");
        Expire = Load("expire");
        Pause = Load("pause");
        Note = Load("note");
        ReadLog = Load("log");
        Limits = Load("limits");
        LimitSet = Load("limitset");
        HistoryRead = Load("historyread");
        HistoryTold = Load("historytold");
        Discard = Load("discard");
        DeadSweep = Load("deadsweep");
        DeadRetry = Load("deadretry");
        FlowPlan = Load("flowplan");
        FlowStage = Load("flowstage");
        FlowStart = Load("flowstart");
        FlowDrop = Load("flowdrop");
        FlowWork = Load("flowwork");
        FlowCancel = Load("flowcancel");
        FlowRetry = Load("flowretry");
        FlowList = Load("flowlist");
        FlowShape = Load("flowshape");
        FlowJobs = Load("flowjobs");
        FlowResults = Load("flowresults");
        ScheduleList = Load("schedulelist");
        ScheduleDue = Load("scheduledue");
        ScheduleSave = Load("schedulesave");
        ScheduleDelete = Load("scheduledelete");
        ScheduleFire = Load("schedulefire");
    }

    public RedisScript Check { get; }
    public RedisScript Enqueue { get; }
    public RedisScript Claim { get; }
    public RedisScript Finish { get; }
    public RedisScript Progress { get; }
    public RedisScript Beat { get; }
    public RedisScript Reap { get; }
    public RedisScript Leave { get; }
    public RedisScript Cancel { get; }
    public RedisScript Retry { get; }
    public RedisScript Find { get; }
    public RedisScript List { get; }
    public RedisScript Count { get; }
    public RedisScript Workers { get; }
    public RedisScript Queues { get; }
    public RedisScript Prune { get; }
    public RedisScript Unpark { get; }
    public RedisScript Expire { get; }
    public RedisScript Pause { get; }
    public RedisScript Note { get; }
    public RedisScript ReadLog { get; }
    public RedisScript Limits { get; }
    public RedisScript LimitSet { get; }
    public RedisScript HistoryRead { get; }
    public RedisScript HistoryTold { get; }
    public RedisScript Discard { get; }
    public RedisScript DeadSweep { get; }
    public RedisScript DeadRetry { get; }
    public RedisScript FlowPlan { get; }
    public RedisScript FlowStage { get; }
    public RedisScript FlowStart { get; }
    public RedisScript FlowDrop { get; }
    public RedisScript FlowWork { get; }
    public RedisScript FlowCancel { get; }
    public RedisScript FlowRetry { get; }
    public RedisScript FlowList { get; }
    public RedisScript FlowShape { get; }
    public RedisScript FlowJobs { get; }
    public RedisScript FlowResults { get; }
    public RedisScript ScheduleList { get; }
    public RedisScript ScheduleDue { get; }
    public RedisScript ScheduleSave { get; }
    public RedisScript ScheduleDelete { get; }
    public RedisScript ScheduleFire { get; }

    RedisScript Load(string name)
    {
        var source = Read(name);
        var keys = Header(source, "KEYS");
        var locals = string.Join(", ", keys.Select(key => "K_" + key.TrimEnd(':')));
        var values = string.Join(", ", Enumerable.Range(1, keys.Length).Select(i => string.Create(CultureInfo.InvariantCulture, $"KEYS[{i}]")));
        var text = new StringBuilder("#!lua");
        var flags = Header(source, "Flags");
        if (flags.Length > 0)
            text.Append(" flags=").AppendJoin(',', flags);
        text.Append(CultureInfo.InvariantCulture, $"\nlocal {locals} = {values}\n").Append(_limits);
        foreach (var part in Header(source, "Uses"))
            AppendCode(text, part == "_time" && _clock is not null ? _clock : Read(part));
        AppendCode(text, source);
        return new RedisScript(name, text.ToString(), Array.ConvertAll(keys, _keys.Named)) { NeedsRoom = flags is [] };
    }

    static string[] Header(string source, string name) =>
        source.Split('\n').FirstOrDefault(line => line.StartsWith($"-- {name} ", StringComparison.Ordinal)) is { } line
            ? line[(name.Length + 3)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : [];

    // Comments stay in the files: Redis keeps every script in memory.
    static void AppendCode(StringBuilder text, string source)
    {
        foreach (var line in source.Split('\n'))
        {
            if (line.Length > 0 && !line.TrimStart().StartsWith("--", StringComparison.Ordinal))
                text.Append(line).Append('\n');
        }
    }

    static string Read(string name)
    {
        var file = $"{typeof(RedisJobStore).Namespace}.Scripts.{name}.lua";
        using var stream = typeof(RedisScripts).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The script {file} is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
