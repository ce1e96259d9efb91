using System.CommandLine;
using System.Globalization;
using LibraryPortal.Features.JobConsole;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary>Options for moments and stretches of time. What can be read in two ways is refused with a sentence that says what is expected.</summary>
internal static class TimeOptions
{
    const string MomentForm = "a date or a moment such as 2026-11-22, 2026-11-22T08:00 or 2026-11-22T08:00+01:00; without an offset it is UTC";

    // As commands write moments, and as ISO 8601 does.
    static readonly string[] MomentForms = ["yyyy-MM-ddK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    /// <param name="description">A sentence; what is expected is added to it.</param>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = $"{description} Give {DurationText.Form}.",
        CustomParser = result =>
        {
            if (DurationText.TryRead(result.Tokens[0].Value, out var duration))
                return duration;
            result.AddError($"{name} is '{result.Tokens[0].Value}'; expected {DurationText.Form}.");
            return null;
        },
    };

    /// <inheritdoc cref="Duration"/>
    public static Option<DateTimeOffset?> Moment(string name, string description) => new(name)
    {
        Description = $"{description} Give {MomentForm}.",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParseExact(
                    result.Tokens[0].Value, MomentForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
                return moment;
            result.AddError($"{name} is '{result.Tokens[0].Value}'; expected {MomentForm}.");
            return null;
        },
    };
}
