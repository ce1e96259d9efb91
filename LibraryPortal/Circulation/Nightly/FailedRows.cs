namespace LibraryPortal.Circulation.Nightly;

/// <summary>Keeps one bad row from holding up the rest of a nightly step: its failure is logged at once and told at the end.</summary>
internal sealed partial class FailedRows(ILogger logger)
{
    int _count;
    Exception? _first;

    /// <summary>Does the work of one row.</summary>
    /// <param name="row">How the log calls it: <c>R-000042</c>.</param>
    /// <returns>The work's result; the default when it failed.</returns>
    public async Task<T?> TryAsync<T>(string row, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            RowFailed(logger, row, error);
            _first ??= error;
            _count++;
            return default;
        }
    }

    /// <summary>At least one row failed so far.</summary>
    public bool HasAny => _first is not null;

    /// <exception cref="InvalidOperationException">At least one row failed.</exception>
    public void ThrowIfAny()
    {
        if (HasAny)
            throw new InvalidOperationException($"{_count} of the rows could not be changed; the first said: {_first!.Message}", _first);
    }

    [LoggerMessage(4402, LogLevel.Error, "{Row} could not be changed; the others go on.")]
    static partial void RowFailed(ILogger logger, string row, Exception error);
}
