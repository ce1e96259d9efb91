using LibraryPortal.Data;
using LibraryPortal.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Features.Reports;

/// <summary>How many exports one person may have waiting, and may ask for within 24 hours.</summary>
internal sealed class ExportQuota(IOptions<ReportsOptions> options, TimeProvider time)
{
    static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Null when one more is allowed. Call it inside the transaction that adds the row.</summary>
    public async Task<Refusal?> RefuseAsync(PortalDbContext database, string ownerId, int active, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        if (active >= limits.MaxActive)
        {
            return new Refusal(RefusalKind.LimitReached,
                $"You have {active} exports waiting or running, the most at once. Wait until one is ready, or cancel one.", "active-exports");
        }

        var since = time.GetUtcNow() - Day;
        var recent = database.ReportExports.Where(export => export.OwnerId == ownerId && export.RequestedAt > since);
        var count = await recent.CountAsync(cancellationToken);
        if (count < limits.MaxPerDay)
            return null;

        // One more fits once so many have left the window that the count is below the limit.
        var frees = await recent.OrderBy(export => export.RequestedAt).Skip(count - limits.MaxPerDay).Select(export => export.RequestedAt).FirstAsync(cancellationToken) + Day;
        return new Refusal(RefusalKind.LimitReached,
            $"You have asked for {count} exports in the last 24 hours, the most for one day. The next one is possible {In(frees - time.GetUtcNow())}.",
            "exports-per-day", frees);
    }

    static string In(TimeSpan wait) => wait.TotalMinutes switch
    {
        < 2 => "in a minute",
        < 120 => $"in {Math.Ceiling(wait.TotalMinutes):0} minutes",
        _ => $"in {Math.Ceiling(wait.TotalHours):0} hours",
    };
}
