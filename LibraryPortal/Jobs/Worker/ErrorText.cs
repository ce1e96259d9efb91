namespace LibraryPortal.Jobs.Worker;

/// <summary>How an error is kept with a job: type and message, short enough to list. The stack trace is in the log.</summary>
internal static class ErrorText
{
    const int Longest = 2_000;

    public static string Of(Exception error)
    {
        var text = error is JobFailedException ? error.Message : $"{error.GetType().Name}: {error.Message}";
        return text.Length <= Longest ? text : text[..Longest];
    }
}
