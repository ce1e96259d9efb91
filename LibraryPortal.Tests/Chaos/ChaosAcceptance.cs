using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Chaos;

/// <summary>The caller inside a process of the embedded store: submits jobs one by one and notes each only when the store has said yes, which is what a caller may rely on.</summary>
internal sealed class ChaosAcceptance(IJobClient client, ChaosLedger ledger, int milliseconds, string? until)
{
    /// <summary>Noted once all are accepted.</summary>
    public const string Done = "accepted-all";

    /// <summary>Noted when half of them are accepted and the gate is awaited.</summary>
    public const string Waits = "waits";

    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    int _number;
    int _refusals;

    /// <param name="count">How many are to be accepted.</param>
    /// <param name="gate">When told: after half of them it waits until this file is there, and then goes on until it was refused once before it begins the other half.</param>
    public async Task RunAsync(int count, string? gate)
    {
        var half = count / 2;
        await AcceptAsync(half);
        if (gate is not null)
        {
            ledger.Write(Waits, _number);
            while (!File.Exists(gate))
                await Task.Delay(Rest, TimeProvider.System);
            while (_refusals == 0)
                await AcceptAsync(1);
        }

        await AcceptAsync(count - half);
        ledger.Write(Done, _number);
    }

    async Task AcceptAsync(int count)
    {
        for (var end = _number + count; _number < end; _number++)
        {
            ledger.Write(ChaosLine.Prepared, _number);
            var job = client.Prepare(new ChaosWork(_number, milliseconds, Until: until));
            while (!await TryAsync(job))
                await Task.Delay(Rest, TimeProvider.System);
            ledger.Write("accepted", job.Id);
        }
    }

    async Task<bool> TryAsync(JobEnvelope job)
    {
        try
        {
            await client.SubmitAsync([job]);
            return true;
        }
        catch (JobStoreUnavailableException)
        {
            ledger.Write("refused", _number);
            _refusals++;
            return false;
        }
    }
}
