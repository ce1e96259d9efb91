namespace LibraryPortal.Features.JobConsole.Audited;

/// <summary>A step that is taken whole or not at all, however soon the one who asked for it leaves.</summary>
internal static class WholeStep
{
    /// <summary>The token for the one call that takes the step. The store's own time-out bounds that call: to leave it half way would not stop it, and nobody would
    /// write down, or be told, what it did.</summary>
    /// <exception cref="OperationCanceledException">Whoever asked has left already; the step is not begun.</exception>
    public static CancellationToken Begin(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return CancellationToken.None;
    }
}
