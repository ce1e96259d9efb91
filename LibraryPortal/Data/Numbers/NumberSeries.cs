namespace LibraryPortal.Data.Numbers;

/// <summary>A series of human numbers without gaps. Taken in the transaction of what they number.</summary>
public sealed class NumberSeries
{
    /// <summary>What is numbered.</summary>
    public required string Name { get; init; }

    /// <summary>The last number given out.</summary>
    public long Last { get; set; }
}
