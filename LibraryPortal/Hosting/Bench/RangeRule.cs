using System.CommandLine;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Refuses a number that makes no sense, in a sentence.</summary>
internal static class RangeRule
{
    public static void RequireRange(this Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        var value = result.GetValueOrDefault<int>();
        if (value < least || value > most)
            result.AddError($"{option.Name} is {value}; expected {least} to {most}.");
    });
}
