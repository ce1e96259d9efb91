using System.Text;
using System.Text.Json;
using LibraryPortal.Jobs;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Data.JobHistory;

/// <summary>A job as the parameters of the statements that keep it.</summary>
internal static class EntryParameters
{
    // The index is for finding, and the record has all of it.
    const int LongestWords = 8_000;

    /// <summary>As EF keeps a <see cref="Guid"/>.</summary>
    public static string Key(JobId id) => id.Value.ToString("D").ToUpperInvariant();

    public static void Entry(SqliteCommand command, JobRecord job)
    {
        var parameters = Facts(command, job);
        parameters.AddWithValue("$job", Key(job.Id));
        parameters.AddWithValue("$finished", (job.FinishedAt ?? throw new ArgumentException($"Job {job.Id} is {job.State}: it has not ended.", nameof(job))).UtcTicks);
        parameters.AddWithValue("$duration", job.StartedAt is { } started ? Math.Max(0, (long)(job.FinishedAt.Value - started).TotalMilliseconds) : DBNull.Value);
        parameters.AddWithValue("$tags", JsonSerializer.Serialize(job.Envelope.Tags));
        parameters.AddWithValue("$record", JsonSerializer.Serialize(job, JobJson.Options));
    }

    public static void Words(SqliteCommand command, long id, JobRecord job)
    {
        var parameters = Facts(command, job);
        parameters.AddWithValue("$id", id);
        parameters.AddWithValue("$tags", string.Join(" | ", job.Envelope.Tags));
        var words = new StringBuilder(job.Error);
        Append(words, job.Envelope.Args);
        parameters.AddWithValue("$words", words.ToString(0, Math.Min(words.Length, LongestWords)));
    }

    // The values alone, as people know them: JSON writes many letters as numbers.
    static void Append(StringBuilder words, JsonElement json)
    {
        if (words.Length >= LongestWords)
            return;
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                    Append(words, member.Value);
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    Append(words, item);
                break;
            default:
                words.Append(' ').Append(json.ToString());
                break;
        }
    }

    static SqliteParameterCollection Facts(SqliteCommand command, JobRecord job)
    {
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$name", job.Envelope.Name);
        command.Parameters.AddWithValue("$state", job.State.ToString());
        command.Parameters.AddWithValue("$owner", (object?)job.Envelope.Owner ?? DBNull.Value);
        command.Parameters.AddWithValue("$worker", (object?)job.Worker ?? DBNull.Value);
        return command.Parameters;
    }
}
