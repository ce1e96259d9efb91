using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Audit;

/// <summary>Who changed what, the latest first, for admins.</summary>
internal sealed class ListAudit(IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar)
{
    public const int PageSize = 50;

    /// <param name="page">The first is 1; beyond the last means the last.</param>
    public async Task<Outcome<Paged<AuditEntry>>> RunAsync(Caller caller, AuditFilter filter, int page, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return new Refusal(RefusalKind.Forbidden, "Only an admin reads the audit.", "admin-only");
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var entries = Matching(database, filter);
        var total = await entries.CountAsync(cancellationToken);
        page = Paging.Clamp(page, total, PageSize);
        var items = await entries.OrderByDescending(entry => entry.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return new Paged<AuditEntry>(items, total, page, PageSize);
    }

    IQueryable<AuditEntry> Matching(PortalDbContext database, AuditFilter filter)
    {
        var entries = database.Audit.AsNoTracking();
        if (filter.Kind is { } kind)
            entries = entries.Where(entry => entry.SubjectKind == kind);
        if (filter.From is { } from)
        {
            var start = calendar.Zone.StartOf(from);
            entries = entries.Where(entry => entry.At >= start);
        }

        if (filter.To is { } to)
        {
            var end = calendar.Zone.StartOf(to.AddDays(1));
            entries = entries.Where(entry => entry.At < end);
        }

        if (Part(filter.Who) is { } who)
            entries = entries.Where(entry => EF.Functions.Like(entry.ActorName, who, LikePattern.Escape));
        if (Part(filter.What) is { } what)
            entries = entries.Where(entry => EF.Functions.Like(entry.SubjectName, what, LikePattern.Escape) || EF.Functions.Like(entry.Reason!, what, LikePattern.Escape) || EF.Functions.Like(entry.Action, what, LikePattern.Escape));
        return entries;
    }

    static string? Part(string? words) => words?.Trim() is { Length: > 0 } text ? LikePattern.Containing(text) : null;
}
