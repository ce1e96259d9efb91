using LibraryPortal.Jobs.Events;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>What a transaction means to the outside; told only once it is committed.</summary>
internal sealed class WriteEffects
{
    /// <summary>Jobs became ready to run.</summary>
    public bool WorkArrived { get; set; }

    /// <summary>A running job was asked to cancel.</summary>
    public bool CommandArrived { get; set; }

    /// <summary>A schedule was written or deleted.</summary>
    public bool SchedulesChanged { get; set; }

    /// <summary>The earliest moment, in ms, that a job was newly scheduled for.</summary>
    public long EarliestDue { get; set; } = long.MaxValue;

    /// <summary>Until when, in ms, a worker that found nothing may sleep; null: none was left idle.</summary>
    public long? IdleUntil { get; set; }

    /// <summary>The names that a worker knows of which more jobs are parked than one transaction sets free; null: there are no more.</summary>
    public IReadOnlyList<string>? ParkedFor { get; set; }

    public List<JobEvent> Events { get; private set; } = [];

    /// <summary>The events so far, which now belong to the caller.</summary>
    public List<JobEvent> TakeEvents()
    {
        var events = Events;
        Events = [];
        return events;
    }

    public void Reset()
    {
        WorkArrived = CommandArrived = SchedulesChanged = false;
        EarliestDue = long.MaxValue;
        IdleUntil = null;
        ParkedFor = null;
        Events.Clear();
    }
}
