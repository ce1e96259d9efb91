using System.Text.Json;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>A worker's beat: its lease renewed, jobs parked for want of it set free, and what it owns and was told in return.</summary>
internal static class BeatWorkers
{
    static readonly Sql Register = new("""
        INSERT INTO worker (id, host, process, version, slots, memory, queues, job_names, started, last_beat, limits)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (id) DO UPDATE SET last_beat = excluded.last_beat
        """);

    static readonly Sql Renew = new("UPDATE worker SET memory = $2, slots = $3, queues = $4, job_names = $5, last_beat = $6 WHERE id = $1");
    static readonly Sql Parked = new("SELECT DISTINCT held FROM job WHERE state = 2 AND parked = 1");
    static readonly Sql Unpark = new("UPDATE job SET parked = 0, held = NULL WHERE state = 2 AND parked = 1 AND held = $1");
    static readonly Sql Owned = new("SELECT id, stamp, cancel FROM job WHERE state = 3 AND worker = $1");

    public static BeatReply Run(WriteSession session, WorkerBeat beat)
    {
        session.Watch.Hear(session.Now);
        var queues = JsonSerializer.Serialize(beat.Queues);
        var names = JsonSerializer.Serialize(beat.JobNames);
        var known = beat.IsFirst
            ? session.Prepare(Register).Run(
                beat.Worker, beat.Host, (long)beat.ProcessId, beat.Version, (long)beat.Slots, beat.MemoryBytes, queues, names,
                beat.StartedAt.ToUnixTimeMilliseconds(), session.Now, JsonSerializer.Serialize(beat.Limits.Keys))
            : session.Prepare(Renew).Run(beat.Worker, beat.MemoryBytes, (long)beat.Slots, queues, names, session.Now);
        if (known == 0)
            return new BeatReply(IsKnown: false, [], []);
        if (beat.IsFirst)
            KeepLimits.Declare(session, beat.Limits);

        foreach (var name in session.Prepare(Parked).Rows(static row => row.GetString(0)))
        {
            if (beat.JobNames.Contains(name) && session.Prepare(Unpark).Run(name) > 0)
                session.Effects.WorkArrived = true;
        }

        var owned = session.Prepare(Owned).Rows(
            static row => (Id: JobRow.Id(row.GetFieldValue<byte[]>(0)), Stamp: row.GetInt64(1), Cancel: row.GetBoolean(2)), beat.Worker);
        return new BeatReply(IsKnown: true, owned.ConvertAll(static claim => (claim.Id, claim.Stamp)), [.. owned.Where(claim => claim.Cancel).Select(claim => claim.Id)]);
    }
}
