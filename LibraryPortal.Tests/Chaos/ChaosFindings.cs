using System.Globalization;

namespace LibraryPortal.Tests.Chaos;

/// <summary>What one scenario found: one row of the table that <c>./test.sh chaos</c> prints.</summary>
internal sealed record ChaosFindings(string What, string Store)
{
    const string TableVariable = "LIBRARYPORTAL_CHAOS_TABLE";

    public required int Accepted { get; init; }
    public required int Lost { get; init; }

    /// <summary>Records of success in the store, of whatever job, and of those cancelled that were asked to be; one per job.</summary>
    public required long Outcomes { get; init; }

    /// <summary>Outcomes in the history, of whatever job.</summary>
    public required long Entries { get; init; }

    /// <summary>Jobs accepted of which the history has exactly one outcome: all of them.</summary>
    public required int ToldOnce { get; init; }

    /// <summary>How many jobs the store may have beside those accepted: their caller died before it could hear of them.</summary>
    public int Unheard { get; init; }

    /// <summary>Jobs that began more than once.</summary>
    public required int RanAgain { get; init; }

    /// <summary>Of those, the ones whose earlier runs were not all on a worker that was killed, frozen, told to stop or without its lease.</summary>
    public required int Doubled { get; init; }

    /// <summary>From the kill to the next run of each job it tore, in order.</summary>
    public IReadOnlyList<TimeSpan> Recoveries { get; init; } = [];

    /// <summary>Within which they must run again.</summary>
    public TimeSpan RecoverWithin { get; init; } = ChaosScale.Recovery;

    /// <summary>From the store's return until the last of the processes ran a job enqueued after it.</summary>
    public TimeSpan? Resumed { get; init; }

    public TimeSpan RecoveryP99 => Recoveries.Count == 0 ? TimeSpan.Zero : Recoveries[Math.Min(Recoveries.Count - 1, Recoveries.Count * 99 / 100)];

    string Row => string.Create(
        CultureInfo.InvariantCulture,
        $"| {What} | {Store} | {Accepted:N0} | {Lost} | {Outcomes:N0} | {Entries:N0} | {RanAgain} | {Doubled} | {(Recoveries.Count == 0 ? "" : $"{RecoveryP99.TotalSeconds:N1} s")} | {(Resumed is { } time ? $"{time.TotalSeconds:N2} s" : "")} |");

    /// <summary>Adds the row to the table and holds it against the promises.</summary>
    public void Check()
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Row);
        if (Environment.GetEnvironmentVariable(TableVariable) is { Length: > 0 } path)
            File.AppendAllText(path, Row + "\n");
        AssertPromises();
    }

    /// <summary>Holds what was found against the promises and adds no row: where the table has one of the same scenario.</summary>
    public void AssertPromises()
    {
        var row = Row;
        Assert.True(Lost == 0, $"{Lost} accepted jobs are lost.\n{row}");
        Assert.True(Outcomes >= Accepted && Outcomes <= Accepted + Unheard, $"{Outcomes} outcomes for {Accepted} jobs.\n{row}");
        Assert.True(ToldOnce == Accepted, $"The history has one outcome of {ToldOnce} of {Accepted} jobs.\n{row}");
        Assert.True(Entries >= Accepted && Entries <= Accepted + Unheard, $"The history has {Entries} outcomes of {Accepted} jobs.\n{row}");
        Assert.True(Doubled == 0, $"{Doubled} jobs ran twice though no worker of theirs had died.\n{row}");
        Assert.True(RecoveryP99 <= RecoverWithin, $"Recovery took too long.\n{row}");
        Assert.True(Resumed is null || Resumed <= ChaosScale.Resumption, $"Work went on too late.\n{row}");
    }
}
