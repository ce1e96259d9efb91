using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>Holds what is there against the model: after each step what it touched, and that each id stands in exactly one place; all records now and then.</summary>
internal sealed partial class ModelRun
{
    static readonly JobState[] States =
    [
        JobState.Waiting, JobState.Scheduled, JobState.Queued, JobState.Running, JobState.Succeeded, JobState.Failed, JobState.Cancelled, JobState.Expired, JobState.Quarantined,
    ];

    async Task CompareAsync(bool whole)
    {
        await AdoptExpiredAsync();
        Assert.Null(_model.FindBroken());
        var counts = await Store.CountAsync(CancellationToken.None);
        Assert.Equal(
            string.Join(", ", States.Select(state => $"{state} {_model.Jobs.Count(job => job.State == state)}")), string.Join(", ", States.Select(state => $"{state} {counts[state]}")));
        foreach (var id in whole ? _all.Union(_touched) : _touched)
            Compare(_model.Find(id), await Store.FindAsync(id, CancellationToken.None));
        await CompareFlowsAsync(whole);
        _touched.Clear();
        AssertSame("places", _model.Jobs.Select(job => job.Id), await _target.FindPlacesAsync());
        if (!whole)
            return;
        foreach (var state in States)
        {
            var listed = await Store.ListAsync(new JobQuery(state) { Count = 500 }, CancellationToken.None);
            AssertSame($"{state}", _model.Jobs.Where(job => job.State == state).Select(job => job.Id), listed.Jobs.Select(job => job.Envelope.Id));
        }
    }

    static void Compare(ModelJob? expected, JobRecord? found)
    {
        if (expected is null || found is null)
        {
            Assert.True(expected is null && found is null, $"Job {expected?.Id}{found?.Envelope.Id}: expected {expected?.State}, found {found?.State}.");
            return;
        }

        Assert.Equal(Describe(
            expected.Id, expected.State, expected.ShownAttempt, expected.Crashes, expected.CancelRequested, expected.State == JobState.Running ? expected.Claim?.Worker : null,
            expected.State == JobState.Running ? expected.Progress : null), Describe(
            found.Envelope.Id, found.State, found.Attempt, found.Crashes, found.CancelRequested, found.State == JobState.Running ? found.Worker : null,
            found.State == JobState.Running ? found.Progress : null));
    }

    static string Describe(JobId id, JobState state, int attempt, int crashes, bool cancel, string? worker, JobProgress? progress) =>
        $"{id} {state}, attempt {attempt}, {crashes} crashes{(cancel && state == JobState.Running ? ", to cancel" : "")}, {worker} {progress}";

    static void AssertSame<T>(string what, IEnumerable<T> expected, IEnumerable<T> found)
    {
        static string Text(IEnumerable<T> items) => string.Join('\n', items.Select(item => $"{item}").Order(StringComparer.Ordinal));
        var (wanted, there) = (Text(expected), Text(found));
        Assert.True(wanted == there, $"{what}: expected\n{wanted}\nfound\n{there}");
    }
}
