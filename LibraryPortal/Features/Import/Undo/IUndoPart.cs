using LibraryPortal.Data;
using LibraryPortal.Features.Import.Findings;

namespace LibraryPortal.Features.Import.Undo;

/// <summary>Takes out one kind of thing an import brought.</summary>
internal interface IUndoPart
{
    /// <summary>Looks at the next things of an import, removes those nobody uses, and says of each other why it stays. Runs in a transaction of the caller, who saves.</summary>
    /// <param name="skip">Things of this kind that stay and were looked at already.</param>
    /// <param name="take">How many to look at.</param>
    Task<UndoneStep> RunAsync(PortalDbContext database, int importId, int skip, int take, List<Finding> findings, CancellationToken cancellationToken);
}

/// <summary>What became of some things; both zero: none are left.</summary>
internal readonly record struct UndoneStep(int Removed, int Kept);
