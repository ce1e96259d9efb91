using System.CommandLine;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>jobs history</c>: searches all that ended.</summary>
internal static class SearchHistory
{
    public static Command Create(string[] settings)
    {
        var name = Text("--name", "The job's name, in full.");
        var state = new Option<JobState?>("--state") { Description = "How it ended: Succeeded, Failed, Cancelled, Expired or Quarantined." };
        var owner = Text("--owner", "The user id it belongs to.");
        var tag = Text("--tag", "One of its tags.");
        var worker = Text("--worker", "The worker run that had it last.");
        var text = Text("--text", "Words in its arguments or its error; the beginning of a word will do.");
        var from = TimeOptions.Moment("--from", "Ended at or after this.");
        var to = TimeOptions.Moment("--to", "Ended before this.");
        var longer = TimeOptions.Duration("--longer", "Its last run took at least this long.");
        var shorter = TimeOptions.Duration("--shorter", "Its last run took at most this long.");
        var offset = new Option<int>("--offset") { Description = "Outcomes to pass over." };
        var count = new Option<int>("--count") { Description = "Outcomes to list at most, 1 to 200. Default: 50.", DefaultValueFactory = static _ => 50 };
        var json = JobCommandHost.Json();
        var command = new Command("history", "Search the jobs that ended, the latest first. Everything given must hold.")
        {
            name, state, owner, tag, worker, text, from, to, longer, shorter, offset, count, json,
        };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var query = new HistoryQuery
            {
                Name = parsed.GetValue(name), State = parsed.GetValue(state), Owner = parsed.GetValue(owner), Tag = parsed.GetValue(tag), Worker = parsed.GetValue(worker),
                Text = parsed.GetValue(text), From = parsed.GetValue(from), To = parsed.GetValue(to), Longer = parsed.GetValue(longer), Shorter = parsed.GetValue(shorter),
                Offset = parsed.GetValue(offset), Count = parsed.GetValue(count),
            };
            var page = await services.GetRequiredService<IJobInspector>().SearchAsync(query, token);
            ListJobs.Print(page.Jobs, page.Total, parsed.GetValue(json), page.IsTotalLeast);
            return JobCommandHost.Done;
        }));
        return command;
    }

    static Option<string?> Text(string name, string description) => new(name) { Description = description };
}
