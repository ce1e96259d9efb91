using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Patrons;

/// <summary>A reader has their past loans and requests forgotten now. What goes on stays, and what ended within the hour, which may still be undone.</summary>
internal sealed class ForgetMyHistory(ForgetReaders forget, TimeProvider clock)
{
    /// <returns>How many loans and requests lost the name.</returns>
    public async Task<Outcome<int>> RunAsync(Caller caller, CancellationToken cancellationToken = default) =>
        await forget.RunAsync(clock.GetUtcNow() - ForgetReaders.UndoTime, caller.UserId, cancellationToken);
}
