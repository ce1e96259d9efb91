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
    // Stepping over the index costs a look per name, however many jobs are parked.
    static readonly Sql NextParked = new("SELECT MIN(held) FROM job WHERE state = 2 AND parked = 1 AND held > $1");

    static readonly Sql Unpark = new("""
        UPDATE job SET parked = 0, held = NULL
        WHERE seq IN (SELECT seq FROM job WHERE state = 2 AND parked = 1 AND held = $1 ORDER BY lane, pos LIMIT $2)
        """);

    // Bounds one transaction; the rest follows.
    const int MostUnparked = 512;

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

        if (RunUnpark(session, beat.JobNames))
            session.Effects.ParkedFor = beat.JobNames;
        var owned = session.Prepare(Owned).Rows(
            static row => (Id: JobRow.Id(row.GetFieldValue<byte[]>(0)), Stamp: row.GetInt64(1), Cancel: row.GetBoolean(2)), beat.Worker);
        return new BeatReply(IsKnown: true, owned.ConvertAll(static claim => (claim.Id, claim.Stamp)), [.. owned.Where(claim => claim.Cancel).Select(claim => claim.Id)]);
    }

    /// <summary>Sets some jobs free that were parked for want of a worker that knows them.</summary>
    /// <returns>Whether there may be more.</returns>
    public static bool RunUnpark(WriteSession session, IReadOnlyList<string> names)
    {
        var room = MostUnparked;
        for (var last = ""; room > 0 && session.Prepare(NextParked).Value(last) is string name; last = name)
        {
            if (names.Contains(name))
                room -= session.Prepare(Unpark).Run(name, (long)room);
        }

        session.Effects.WorkArrived |= room < MostUnparked;
        return room == 0;
    }
}
