using LibraryPortal.Identity;

namespace LibraryPortal.Features.Desk;

/// <summary>
/// The scans of one desk, in their order. What a scanner reads twice counts once, and a scan that failed is refused in words, because the librarian looks at
/// the book and hears the sound.
/// </summary>
internal sealed partial class DeskScans(HandleScan scans, TimeProvider clock, ILogger<DeskScans> logger)
{
    /// <summary>The same barcode within this time after it was lent or taken back was read twice.</summary>
    public static readonly TimeSpan RepeatTime = TimeSpan.FromSeconds(2);

    (string? PatronId, string Text, DateTimeOffset At)? _done;

    /// <inheritdoc cref="HandleScan.RunAsync"/>
    public async Task<DeskAnswer> RunAsync(Caller caller, string? patronId, string? raw, CancellationToken cancellationToken = default)
    {
        var text = raw?.Trim() ?? "";
        if (_done is { } done && done.PatronId == patronId && done.Text == text && clock.GetUtcNow() - done.At < RepeatTime)
            return new DeskAnswer(DeskTone.Told, $"{text} was read twice and counts once. To take it back, or to lend it again, scan it once more in a moment.");
        _done = null;
        try
        {
            var answer = await scans.RunAsync(caller, patronId, raw, cancellationToken);
            if (answer.Undo is not null)
                _done = (patronId, text, clock.GetUtcNow());
            return answer;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(logger, error);
            return new DeskAnswer(DeskTone.Refused, "That scan did not go through. Scan it again.");
        }
    }

    /// <summary>Something else was done at the desk: the next scan is meant, whatever it says.</summary>
    public void Forget() => _done = null;

    [LoggerMessage(4403, LogLevel.Error, "A scan at the desk failed; the librarian was asked to repeat it.")]
    static partial void Failed(ILogger logger, Exception error);
}
