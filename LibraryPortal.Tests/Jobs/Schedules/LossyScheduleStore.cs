using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>A store in front of another that loses requests or replies of firing when told to, and counts calls.</summary>
internal sealed class LossyScheduleStore(IScheduleStore inner) : IScheduleStore
{
    /// <summary>The next firing never reaches the store.</summary>
    public bool LoseRequest { get; set; }

    /// <summary>The next firing is done, and nobody hears of it: what a kill between the two would do.</summary>
    public bool LoseReply { get; set; }

    /// <summary>What somebody else does right before the next definition is saved.</summary>
    public Func<Task>? BeforeSave { get; set; }

    /// <summary>The definitions that are never saved, as somebody else is always faster.</summary>
    public Func<ScheduleWrite, bool> FailsToSave { get; set; } = static _ => false;

    /// <summary>What is asked of each firing before it is sent; may throw.</summary>
    public Action<FireRequest> BeforeFire { get; set; } = static _ => { };

    /// <summary>What each firing waits for before it is sent.</summary>
    public Func<Task> HoldsFire { get; set; } = static () => Task.CompletedTask;

    /// <summary>What somebody else does right after the next firing.</summary>
    public Func<Task>? AfterFire { get; set; }

    /// <summary>What happens while the reply to a look is on its way.</summary>
    public Func<DueSchedules, Task> AfterLook { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Nothing reaches the store.</summary>
    public bool IsOut { get; set; }

    public int Looks { get; private set; }

    public int Writes { get; private set; }

    public Task<IReadOnlyList<StoredSchedule>> ListSchedulesAsync(CancellationToken cancellationToken)
    {
        ThrowIfOut();
        return inner.ListSchedulesAsync(cancellationToken);
    }

    public Task<StoredSchedule?> FindScheduleAsync(string name, CancellationToken cancellationToken)
    {
        ThrowIfOut();
        return inner.FindScheduleAsync(name, cancellationToken);
    }

    public async Task<DueSchedules> FindDueSchedulesAsync(int limit, CancellationToken cancellationToken)
    {
        ThrowIfOut();
        Looks++;
        var look = await inner.FindDueSchedulesAsync(limit, cancellationToken);
        await AfterLook(look);
        return look;
    }

    public async Task<bool> SaveScheduleAsync(ScheduleWrite write, CancellationToken cancellationToken)
    {
        ThrowIfOut();
        Writes++;
        var before = BeforeSave;
        BeforeSave = null;
        if (before is not null)
            await before();
        return !FailsToSave(write) && await inner.SaveScheduleAsync(write, cancellationToken);
    }

    public Task<bool> DeleteScheduleAsync(string name, long revision, CancellationToken cancellationToken)
    {
        ThrowIfOut();
        return inner.DeleteScheduleAsync(name, revision, cancellationToken);
    }

    public async Task<FireReply> FireScheduleAsync(FireRequest request, CancellationToken cancellationToken)
    {
        ThrowIfOut();
        BeforeFire(request);
        await HoldsFire();
        if (LoseRequest)
        {
            LoseRequest = false;
            throw new JobStoreUnavailableException("The request is lost.");
        }

        var reply = await inner.FireScheduleAsync(request, cancellationToken);
        var after = AfterFire;
        AfterFire = null;
        if (after is not null)
            await after();
        if (!LoseReply)
            return reply;
        LoseReply = false;
        throw new JobStoreUnavailableException("The reply is lost.");
    }

    void ThrowIfOut()
    {
        if (IsOut)
            throw new JobStoreUnavailableException("The store is out.");
    }
}
