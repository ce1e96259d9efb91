using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LibraryPortal.Jobs;

/// <summary>A flow's identity: a UUID version 7 made by the caller, so that starting the same flow twice is harmless. Written as 32 hexadecimal digits.</summary>
public readonly record struct FlowId(Guid Value)
{
    /// <summary>A new id that sorts by its time of creation.</summary>
    public static FlowId New(TimeProvider? clock = null) => new(Guid.CreateVersion7((clock ?? TimeProvider.System).GetUtcNow()));

    /// <exception cref="FormatException">The text is not 32 hexadecimal digits.</exception>
    public static FlowId Parse(ReadOnlySpan<char> text) => new(Guid.ParseExact(text, "N"));

    public static bool TryParse([NotNullWhen(true)] string? text, out FlowId id)
    {
        var parsed = Guid.TryParseExact(text, "N", out var value);
        id = new FlowId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("N", CultureInfo.InvariantCulture);
}
