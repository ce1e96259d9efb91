namespace LibraryPortal.Features.JobConsole;

/// <summary>What the engine says of input it refuses, without the name of the parameter that the platform hangs on.</summary>
internal static class ArgumentSentence
{
    public static string Of(ArgumentException error) =>
        error.ParamName is { } parameter ? error.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal) : error.Message;
}
