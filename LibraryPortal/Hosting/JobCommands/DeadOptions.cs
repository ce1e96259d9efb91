using System.CommandLine;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary>Which jobs a command is for: those named by id, or with <c>--all</c> every one that ended without success and that the rest describes.</summary>
internal sealed class DeadOptions
{
    readonly Argument<string[]> _ids = new("id") { Description = "The ids of the jobs.", Arity = ArgumentArity.ZeroOrMore };
    readonly Option<bool> _all = new("--all") { Description = "In place of ids: every job that ended without success and fits the options below." };
    readonly Option<JobState[]> _states = new("--state") { Description = "How they ended: Failed, Quarantined, Cancelled or Expired; may be given several times. Default: Failed and Quarantined." };
    readonly Option<string?> _name = new("--name") { Description = "The job's name, in full." };
    readonly Option<string?> _queue = new("--queue") { Description = "The queue they were in." };
    readonly Option<string?> _owner = new("--owner") { Description = "The user id they belong to." };
    readonly Option<string?> _error = new("--error") { Description = "Words their error has in it, in this order." };
    readonly Option<DateTimeOffset?> _from = TimeOptions.Moment("--from", "Ended at or after this.");
    readonly Option<DateTimeOffset?> _to = TimeOptions.Moment("--to", "Ended before this.");
    readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say how many it would be, and change nothing." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_ids);
        foreach (var option in (Option[])[_all, .. Filters(), _dryRun])
            command.Options.Add(option);
    }

    /// <summary>The jobs named; null where <c>--all</c> stands in their place.</summary>
    /// <exception cref="ArgumentException">Neither or both were given, an id is none, or a filter stands beside ids.</exception>
    public JobId[]? ReadIds(ParseResult parsed)
    {
        var ids = parsed.GetValue(_ids) ?? [];
        var filter = Filters().Append(_dryRun).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        return (ids.Length > 0, parsed.GetValue(_all)) switch
        {
            (false, false) => throw new ArgumentException("No job is named; expected the ids of jobs, or --all with what the jobs have in common."),
            (true, true) => throw new ArgumentException("Jobs are named, and --all is given; give one or the other."),
            (true, false) when filter is not null => throw new ArgumentException($"{filter.Name} goes with --all, not with ids."),
            (true, false) => Array.ConvertAll(ids, JobCommandHost.ReadId),
            _ => null,
        };
    }

    /// <exception cref="ArgumentException">No job can be like that.</exception>
    public DeadFilter ReadFilter(ParseResult parsed)
    {
        var filter = new DeadFilter
        {
            Name = parsed.GetValue(_name), Queue = parsed.GetValue(_queue), Owner = parsed.GetValue(_owner), Error = parsed.GetValue(_error),
            From = parsed.GetValue(_from), To = parsed.GetValue(_to),
        };
        if (filter.From > filter.To)
            throw new ArgumentException($"The stretch of time begins at {filter.From:u}, after its end at {filter.To:u}.");
        return parsed.GetValue(_states) is { Length: > 0 } states ? filter with { States = states } : filter;
    }

    public bool IsDryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    Option[] Filters() => [_states, _name, _queue, _owner, _error, _from, _to];
}
